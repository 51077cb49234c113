import { z } from "zod";
import { addMinutes } from "#lib/platform/clock.ts";
import type { Trx } from "#lib/platform/db.ts";
import { wallClockColumns } from "#lib/platform/zones/wallClock.ts";
import { bookingById } from "#lib/records/bookings/queries.ts";
import { hastenUpdate } from "#lib/records/meetings/queries/hasten.ts";
import { closeRequests } from "#lib/records/sessions/queries/changeRequests.ts";
import { updateSession } from "#lib/records/sessions/queries.ts";
import { opensAt, type Session } from "#lib/records/sessions/rules.ts";
import { mailRescheduled } from "#lib/services/telling/sessionMails.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { parseInput } from "#lib/services/verb/input.ts";
import { keepMessage, messageField } from "#lib/services/verb/message.ts";
import {
  hasOneStart,
  type Start,
  startFields,
  startOf,
  zoneField,
} from "#lib/services/verb/start.ts";
import { changeSession } from "./changing/changeSession.ts";
import {
  inOrderOfMoving,
  lessonsInScope,
  type Move,
  movedAlike,
  refuseMoves,
  scopeField,
} from "./changing/series.ts";

export const rescheduleInput = z
  .object({
    ...startFields,
    timeZone: zoneField.optional(),
    scope: scopeField,
    message: messageField,
  })
  .superRefine(hasOneStart);

/**
 * The tutor moves a lesson to another time, and with a scope others of its booking by the same change of what clocks
 * show: all of them, or none. They keep their length, and their rooms get the new time.
 */
export function rescheduleSession(
  ctx: Context,
  person: Person,
  sessionId: string,
  body: unknown,
): Promise<void> {
  const asked = parseInput(rescheduleInput, body);
  const start = startOf(ctx, asked);
  const rule = { from: ["SCHEDULED" as const, "JOIN_OPEN" as const], tutorOnly: true };
  return changeSession(ctx, person, sessionId, rule, async (trx, session) => {
    // Saved without a change: nobody has to hear of it.
    if (start.at.getTime() === session.scheduled_start_at.getTime()) return;
    const lessons = await lessonsInScope(ctx, trx, session, asked.scope);
    const moves =
      asked.scope === "one"
        ? [{ session, at: start.at, zone: asked.timeZone ?? (await zoneOf(trx, session)) }]
        : await movedAlike(ctx, trx, lessons, { of: session, to: start.at });
    await moveLessons(ctx, trx, moves, start.field);
    const message = await keepMessage(ctx, trx, {
      text: asked.message,
      by: person.id,
      saidWith: "reschedule",
      bookingId: session.booking_id,
      sessionIds: lessons.map(({ id }) => id),
    });
    await mailRescheduled(ctx, trx, { moved: beforeOf(lessons), message });
  });
}

/** By lesson, when it was to start before a move. */
export const beforeOf = (lessons: Session[]): Map<string, Date> =>
  new Map(lessons.map(({ id, scheduled_start_at: start }) => [id, start]));

/**
 * Moves locked lessons of one tutor, without telling anybody. What was asked for about them is closed.
 * @throws Refusal `in_the_past` or `overlap`, before anything is written
 */
export async function moveLessons(
  ctx: Context,
  trx: Trx,
  moves: Move[],
  field: Start["field"],
): Promise<void> {
  await refuseMoves(ctx, trx, moves, field);
  for (const move of inOrderOfMoving(moves)) await write(ctx, trx, move);
  const [first] = moves;
  if (first) await ctx.nudge(trx, first.session.tutor_id);
}

async function write(ctx: Context, trx: Trx, { session, at: startsAt, zone }: Move) {
  const now = ctx.clock();
  const isOpen = opensAt(startsAt, ctx.config.joinOpensMinutesBefore) <= now;
  await updateSession(trx, session, {
    scheduled_start_at: startsAt,
    scheduled_end_at: addMinutes(startsAt, session.duration_minutes),
    ...wallClockIn(ctx, startsAt, zone),
    status: isOpen ? "JOIN_OPEN" : "SCHEDULED",
    revision: session.revision + 1,
    calendar_sequence: session.calendar_sequence + 1,
    rescheduled_at: now,
    updated_at: now,
  });
  await closeRequests(trx, session.id, now);
  await hastenUpdate(trx, session.id, now);
}

/** Of an instant in a zone that isn't known here nobody can say what its clocks show: a server that knows it does. */
function wallClockIn(ctx: Context, at: Date, name: string) {
  const zone = ctx.zoneRules(name);
  if (!zone) return { starts_local: null, utc_offset: null, time_zone: null };
  return { ...wallClockColumns(at, zone), time_zone: name };
}

/** A lesson that an earlier version made is in its booking's zone, like all of them at first. */
const zoneOf = async (trx: Trx, session: Session): Promise<string> =>
  session.time_zone ?? (await bookingById(trx, session.booking_id))?.time_zone ?? "UTC";
