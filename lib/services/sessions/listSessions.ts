/** Reads a person's lessons for pages and programs. */
import { asPerson, type Trx } from "#lib/platform/db.ts";
import { type Paged, toPaged } from "#lib/platform/paging.ts";
import { offsetName, wallClock, zoneAsKept } from "#lib/platform/zones/wallClock.ts";
import {
  type ChangeRequest,
  lessonsAskedAbout,
  newestRequestsOf,
} from "#lib/records/sessions/queries/changeRequests.ts";
import { messagesOfLesson } from "#lib/records/sessions/queries/messages.ts";
import {
  countAhead,
  joinsOf,
  type SessionWithPeople,
  sessionsWithPeople,
  sessionWithPeople,
} from "#lib/records/sessions/queries.ts";
import { cancellableUntil, isOpen, mayBeUnderWay, opensAt } from "#lib/records/sessions/rules.ts";
import { passcodeOfLesson } from "#lib/services/calls/passcodes.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { notFound } from "#lib/services/verb/errors.ts";
import { asId } from "#lib/services/verb/input.ts";
import { type MessageView, toMessageView } from "#lib/services/verb/message.ts";
import { firstPage } from "#lib/services/verb/page.ts";
import { linkStates } from "./linkStates.ts";
import { type SessionView, toRequestView } from "./views.ts";
import { zoneNameOf } from "./zoneChanges.ts";

/** The person's lessons, by start. */
export async function listSessions(
  ctx: Context,
  person: Person,
  page = firstPage,
): Promise<Paged<SessionView>> {
  const views = await readSessions(ctx, person, (trx) => sessionsWithPeople(trx, page));
  return toPaged(page, views, ({ scheduledStartAt, id }) => ({ by: scheduledStartAt, id }));
}

/** The person's lessons for which another time is asked for, soonest first. */
export const sessionsAskedAbout = (ctx: Context, person: Person): Promise<SessionView[]> =>
  readSessions(ctx, person, (trx) => lessonsAskedAbout(trx, ctx.clock()));

/** One lesson, with all that is needed to get into its room. @throws Refusal `not_found` */
export async function getSession(
  ctx: Context,
  person: Person,
  sessionId: string,
): Promise<SessionView> {
  const id = asId(sessionId, "lesson");
  let messages: MessageView[] = [];
  const [view] = await readSessions(ctx, person, async (trx) => {
    const row = await sessionWithPeople(trx, id);
    if (!row) return [];
    const said = await messagesOfLesson(trx, row);
    messages = said.map((message) => toMessageView(message, row));
    return [row];
  });
  if (!view) throw notFound("lesson");
  return { ...view, passcode: await passcodeOfLesson(ctx, id), messages };
}

/** @param find reads as the person, so that row-level security decides what there is */
export async function readSessions(
  ctx: Context,
  person: Person,
  find: (trx: Trx) => Promise<SessionWithPeople[]>,
): Promise<SessionView[]> {
  const { rows, ...seen } = await asPerson(ctx.db, { personId: person.id }, async (trx) => {
    const found = await find(trx);
    return {
      rows: found,
      requests: await requestsOf(ctx, trx, found),
      joined: await roomsJoined(ctx, trx, person, found),
      ahead: await countAhead(trx, [...new Set(found.map((row) => row.booking_id))], ctx.clock()),
    };
  });
  return toViews(ctx, person, rows, seen);
}

/** Maps each lesson to the room that the person entered last, only for lessons whose door is open now. */
async function roomsJoined(
  ctx: Context,
  trx: Trx,
  person: Person,
  rows: SessionWithPeople[],
): Promise<Map<string, string>> {
  const open = rows.filter((row) => isUnderWay(ctx, row)).map(({ id }) => id);
  if (open.length === 0) return new Map();
  const joins = await joinsOf(trx, { personId: person.id }, open);
  // The joins come oldest first, so the last one stays.
  return new Map(joins.map((join) => [join.session_id, join.meeting_id]));
}

const isUnderWay = (ctx: Context, row: SessionWithPeople): boolean =>
  isOpen(row.status) && mayBeUnderWay(row, ctx.clock(), ctx.config.joinOpensMinutesBefore);

interface Seen {
  /** By lesson, the room that the person entered last. */
  joined: Map<string, string>;
  /** By booking, how many of its lessons haven't begun. */
  ahead: Map<string, number>;
  requests: Map<string, ChangeRequest>;
}

/** By lesson that hasn't begun, the newest request for another time. */
async function requestsOf(ctx: Context, trx: Trx, rows: SessionWithPeople[]) {
  const now = ctx.clock();
  const ids = rows.filter((row) => row.scheduled_start_at > now).map(({ id }) => id);
  const found = ids.length > 0 ? await newestRequestsOf(trx, ids) : [];
  return new Map(found.map((request) => [request.session_id, request]));
}

async function toViews(
  ctx: Context,
  person: Person,
  rows: SessionWithPeople[],
  { joined, ahead, requests }: Seen,
): Promise<SessionView[]> {
  const linkState = await linkStates(ctx, rows);
  const hasMoved = ({ id, meeting_id: room }: SessionWithPeople) =>
    room !== null && joined.has(id) && joined.get(id) !== room;
  return rows.map((row) =>
    toView(ctx, person, row, {
      linkState: linkState(row),
      movedSinceJoin: hasMoved(row),
      changeRequest: toRequestView(requests.get(row.id)),
      lessonsAhead: ahead.get(row.booking_id) ?? 0,
    }),
  );
}

function toView(
  ctx: Context,
  person: Person,
  row: SessionWithPeople,
  seen: Pick<SessionView, "linkState" | "movedSinceJoin" | "lessonsAhead" | "changeRequest">,
): SessionView {
  const zone = zoneAsKept(ctx.zoneRules, { ...row, time_zone: zoneNameOf(row) });
  const reading = wallClock(row.scheduled_start_at, zone);
  const view: SessionView = {
    id: row.id,
    bookingId: row.booking_id,
    status: row.status,
    provider: row.provider,
    scheduledStartAt: row.scheduled_start_at.toISOString(),
    scheduledEndAt: row.scheduled_end_at.toISOString(),
    timeZone: zone.name,
    startsAtLocal: reading.local,
    utcOffset: offsetName(reading.offset),
    durationMinutes: row.duration_minutes,
    subject: row.subject,
    tutor: { id: row.tutor_id, name: row.tutor_name, timeZone: row.tutor_zone },
    student: { id: row.student_id, name: row.student_name, timeZone: row.student_zone },
    joinUrl: `${ctx.config.appUrl}/sessions/${row.id}/join`,
    opensAt: opensAt(row.scheduled_start_at, ctx.config.joinOpensMinutesBefore).toISOString(),
    cancelUntil: cancellableUntil(row.scheduled_start_at, row.cancel_until_hours).toISOString(),
    ...seen,
  };
  if (row.tutor_id === person.id) view.room = roomOf(row);
  return view;
}

function roomOf(row: SessionWithPeople): SessionView["room"] {
  if (!row.provider || !row.join_url) return null;
  return {
    provider: row.provider,
    externalId: row.meeting_external_id ?? "",
    url: row.join_url,
    createdAt: (row.meeting_created_at ?? row.updated_at).toISOString(),
  };
}
