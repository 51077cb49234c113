/** The crossfade: a meeting in hand becomes the lesson's room, and the old one is let go of later. */
import { asService, type Trx } from "#lib/platform/db.ts";
import type { Meeting as MadeMeeting } from "#lib/providers/provider.ts";
import { orphanRow } from "#lib/records/meetings/queries/rows.ts";
import {
  answerMeeting,
  insertMeeting,
  meetingById,
  supersedeLive,
} from "#lib/records/meetings/queries.ts";
import { atRest, type Meeting, oldRoomStaysUntil } from "#lib/records/meetings/rules.ts";
import { endOpenMove } from "#lib/records/migrations/queries.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import { type Standing, standingOf } from "#lib/records/sessions/queries/standing.ts";
import { sessionById, updateSession } from "#lib/records/sessions/queries.ts";
import { firstPlace, isOpen } from "#lib/records/sessions/rules.ts";
import { keepPasscode } from "#lib/services/calls/passcodes.ts";
import { answerOf } from "#lib/services/drift/compareRoom.ts";
import { recordManualEdits } from "#lib/services/drift/recordManualEdits.ts";
import type { Context } from "#lib/services/verb/context.ts";
import type { Alongside } from "./runCall.ts";

export type SwapOutcome =
  /** `inMigration`: it settled the lesson's row in the open migration. */
  | { kind: "swapped"; inMigration: boolean }
  /** The wish changed meanwhile: the new meeting is let go of, the lesson looked at afresh. */
  | { kind: "outdated" }
  /** Another attempt owns the row by now; nothing was written. */
  | { kind: "fenced" };

type Ready = Extract<MadeMeeting, { state: "ready" }>;

/** One transaction: pointer, required columns, old room, new room and history change together or not at all. */
export function swapIn(
  ctx: Context,
  claimed: Meeting,
  made: Ready,
  alongside: Alongside,
): Promise<SwapOutcome> {
  return asService(ctx.db, async (trx) => {
    const outcome = await swap(ctx, trx, claimed, made);
    await alongside(trx);
    return outcome;
  });
}

async function swap(ctx: Context, trx: Trx, claimed: Meeting, made: Ready): Promise<SwapOutcome> {
  await lockTutor(trx, claimed.tutor_id);
  const now = ctx.clock();
  const { tutor_id: tutorId, session_id: sessionId } = claimed;
  await recordManualEdits(ctx, trx, { tutorId, sessionId });
  const before = await standingOf(trx, sessionId);
  const isDesired = before !== undefined && isStillDesired(claimed, before, now);
  const answer = {
    external_id: made.externalId,
    join_url: made.joinUrl,
    outcome_unknown: false,
    ...answerOf(claimed, made),
    ...(!isDesired && ({ state: "superseded", superseded_at: now, delete_after: now } as const)),
  };
  // First the fence, then the old room: a zombie must not take a living room away.
  if (!(await answerMeeting(trx, claimed, answer, now))) {
    return fenced(ctx, trx, claimed, made, now);
  }
  // Also where it comes too late: somebody may write its link into a lesson by hand before it is deleted.
  await keepPasscode(ctx, trx, claimed.id, made);
  if (!isDesired) return { kind: "outdated" };
  const moved = {
    state: "moved",
    from_meeting_id: before.meeting_id,
    to_meeting_id: claimed.id,
    attempts: claimed.attempts,
    error_code: null,
    error_detail: null,
  } as const;
  const inMigration = await endOpenMove(trx, claimed, moved, now);
  // In a migration the undo window begins when it comes to rest; until then the date is unknown.
  const deleteAfter = inMigration ? null : oldRoomStaysUntil(now, ctx.config);
  await supersedeLive(trx, claimed.session_id, deleteAfter, now);
  await answerMeeting(trx, claimed, { state: "live", live_at: now, ...atRest }, now);
  await updateSession(
    trx,
    { id: claimed.session_id, revision: claimed.revision },
    {
      provider: claimed.provider,
      meeting_external_id: made.externalId,
      join_url: made.joinUrl,
      meeting_created_at: now,
      meeting_id: claimed.id,
      ...firstPlace(before, claimed.provider),
      updated_at: now,
    },
  );
  return { kind: "swapped", inMigration };
}

/**
 * Another attempt owns the row. Where that has a meeting of its own by now, this one is a second one
 * and is let go of; where it doesn't, it may still find this one.
 */
async function fenced(
  ctx: Context,
  trx: Trx,
  claimed: Meeting,
  made: Ready,
  now: Date,
): Promise<SwapOutcome> {
  const row = await meetingById(trx, claimed.id);
  const session = await sessionById(trx, claimed.session_id);
  if (row?.external_id && row.external_id !== made.externalId && session) {
    await insertMeeting(trx, orphanRow(ctx.newId(), { row, session }, made.externalId, now));
  }
  return { kind: "fenced" };
}

/**
 * Grant, generation and revision are still those that the meeting was made for, and nobody has written
 * another room into the lesson since.
 */
const isStillDesired = (claimed: Meeting, session: Standing, now: Date): boolean =>
  session.desired_status !== null &&
  session.desired_status !== "disconnected" &&
  session.desired_grant_id === claimed.grant_id &&
  session.desired_generation === claimed.generation &&
  session.revision === claimed.revision &&
  isOpen(session.status) &&
  !isKeptByHand(session, claimed) &&
  (session.scheduled_start_at >= now ||
    (session.scheduled_end_at > now && session.room_origin === null));

const isKeptByHand = ({ room_origin, room_generation }: Standing, claimed: Meeting): boolean =>
  room_origin === "manual" && room_generation !== null && room_generation >= claimed.generation;
