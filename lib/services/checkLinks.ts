/** Asks the providers whether the rooms of future lessons are still there and as they were told. */
import PQueue from "p-queue";
import { asPerson, asService } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import type { Meeting as FoundMeeting } from "#lib/providers/provider.ts";
import { cutText } from "#lib/providers/words.ts";
import { connectionOf, ownConnection } from "#lib/records/grants/queries.ts";
import {
  answerMeeting,
  type Meeting,
  meetingById,
  roomsToCheck,
} from "#lib/records/meetings/queries.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import { sessionById, updateSession } from "#lib/records/sessions/queries.ts";
import { askProvider } from "./askProvider.ts";
import type { Context, Person } from "./context.ts";
import { noVideoProvider } from "./errors.ts";
import { findStrays } from "./findStrays.ts";
import { noteHandChanges } from "./noteHandChanges.ts";
import { noteLost } from "./reconcile/noteLost.ts";
import type { LinkCheck } from "./views.ts";

/** Nobody holds a lease here, so a slow pace may take its time. */
const PATIENCE_SECONDS = 15;

/** The tutor asks. @throws Refusal `no_video_provider` without a connection */
export async function checkOwnLinks(ctx: Context, person: Person): Promise<LinkCheck> {
  const connection = await asPerson(ctx.db, { personId: person.id }, (trx) =>
    ownConnection(trx, person.id),
  );
  if (!connection) throw noVideoProvider();
  return checkLinks(ctx, person.id);
}

/**
 * Asks about every future lesson's room that we made (those that begin by `until`), soonest first, and
 * repairs only what is gone or differs; `reconcile` then makes and tells. A lesson that gets another
 * room while the provider answers isn't touched. Then looks for rooms of ours that no lesson uses.
 * @throws Refusal `no_video_provider` without a connection
 */
export async function checkLinks(
  ctx: Context,
  tutorId: string,
  { until }: { until?: Date } = {},
): Promise<LinkCheck> {
  const rooms = await asService(ctx.db, async (trx) => {
    await lockTutor(trx, tutorId);
    const connection = await connectionOf(trx, tutorId);
    if (!connection || connection.connection_status === "disconnected") throw noVideoProvider();
    const changed = await noteHandChanges(ctx, trx, { tutorId });
    if (changed.size > 0) await ctx.nudge(trx, tutorId);
    return roomsToCheck(trx, { tutorId, now: ctx.clock(), until });
  });
  const counts: LinkCheck = { checked: 0, repaired: 0, gone: 0, differs: 0, unknown: 0, strays: 0 };
  const ofProviders = [...Map.groupBy(rooms, (room) => room.provider)];
  await Promise.all(
    ofProviders.map(([provider, list]) => {
      const isKnown = ctx.providers.has(provider);
      const concurrency = isKnown ? ctx.providers.get(provider).budget.concurrency : 1;
      const queue = new PQueue({ concurrency });
      return queue.addAll(list.map((room) => () => checkRoom(ctx, room, counts)));
    }),
  );
  const { grants } = await findStrays(ctx, tutorId);
  const strays = grants.flatMap((grant) => grant.strays);
  counts.strays = strays.filter(({ outcome }) => outcome === "deleting").length;
  ctx.log.info({ tutorId, ...counts }, "Links checked");
  return counts;
}

async function checkRoom(ctx: Context, room: Meeting, counts: LinkCheck): Promise<void> {
  counts.checked += 1;
  let found: FoundMeeting | ProviderError;
  try {
    found = await ask(ctx, room);
  } catch (error) {
    // A fault of ours, such as a cut connection to the database; it doesn't keep the others waiting.
    ctx.log.error({ tutorId: room.tutor_id, meetingId: room.id, err: error }, "A check failed");
    counts.unknown += 1;
    return;
  }
  if (found instanceof ProviderError) {
    if (found.code !== "gone") {
      counts.unknown += 1;
      return;
    }
    counts.gone += 1;
    if (await noteLost(ctx, room, found.leftover)) counts.repaired += 1;
  } else if (found.state === "ready" && differs(ctx, room, found)) {
    counts.differs += 1;
    if (await noteDifference(ctx, room, found.joinUrl)) counts.repaired += 1;
  }
}

async function ask(ctx: Context, room: Meeting): Promise<FoundMeeting | ProviderError> {
  try {
    const turn = { kind: "get", by: room.session_id, patienceSeconds: PATIENCE_SECONDS } as const;
    return await askProvider(ctx, room.grant_id ?? "", turn, (hand) =>
      hand.provider.getMeeting(hand.access, room.external_id ?? room.key),
    );
  } catch (error) {
    if (error instanceof ProviderError) return error;
    throw error;
  }
}

type Ready = Extract<FoundMeeting, { state: "ready" }>;

/** From what the provider was told last, not from the lesson: of that it may be told any moment. */
function differs(ctx: Context, room: Meeting, found: Ready): boolean {
  const { titleLength } = ctx.providers.get(room.provider).budget;
  const seconds = (at: Date) => Math.floor(at.getTime() / 1000);
  return (
    found.joinUrl !== room.join_url ||
    // An update was refused for good, so the room was never told the lesson's time: worth another try.
    (room.error_code !== null && room.next_attempt_at === null) ||
    seconds(found.startsAt) !== seconds(room.starts_at) ||
    // Providers trim, and a cut may end in a blank.
    found.title.trim() !== cutText(room.title, titleLength).trim()
  );
}

/**
 * No lesson has revision 0: the plan tells the room anew. A link that the provider has changed (another
 * passcode) is handed out from now on.
 */
async function noteDifference(ctx: Context, seen: Meeting, joinUrl: string): Promise<boolean> {
  return asService(ctx.db, async (trx) => {
    await lockTutor(trx, seen.tutor_id);
    const now = ctx.clock();
    const row = await meetingById(trx, seen.id);
    const session = await sessionById(trx, seen.session_id);
    // Told of something else since, or just being told: what was compared is no longer so.
    if (row?.revision !== seen.revision || (row.lease_until && row.lease_until > now)) return false;
    if (session?.meeting_id !== seen.id || session.join_url !== seen.join_url) return false;
    const change = { revision: 0, join_url: joinUrl };
    if (!(await answerMeeting(trx, seen, change, now))) return false;
    if (joinUrl !== seen.join_url) {
      await updateSession(trx, session, { join_url: joinUrl, updated_at: now });
    }
    await ctx.nudge(trx, seen.tutor_id);
    return true;
  });
}
