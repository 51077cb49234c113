/** Records what somebody has changed on lessons by hand, so that ledger and lessons agree again. */
import { asService, type Trx } from "#lib/platform/db.ts";
import { connectionOf } from "#lib/records/grants/queries.ts";
import { insertMeeting, keepReplaced, supersedeLive } from "#lib/records/meetings/queries.ts";
import { meetingKey, oldRoomStaysUntil } from "#lib/records/meetings/rules.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import {
  type ManuallyEditedSession,
  manuallyEditedSessions,
} from "#lib/records/sessions/queries/manualEdits.ts";
import { updateSession } from "#lib/records/sessions/queries.ts";
import { firstPlace, type ManualEdit, manualEdit } from "#lib/records/sessions/rules.ts";
import { keepPasscode, passcodeOfLink } from "#lib/services/calls/passcodes.ts";
import type { Context } from "#lib/services/verb/context.ts";

export const recordManualEditsOf = (ctx: Context, tutorId: string): Promise<void> =>
  asService(ctx.db, async (trx) => {
    await lockTutor(trx, tutorId);
    await recordManualEdits(ctx, trx, { tutorId });
  });

/**
 * Must run within a transaction that holds the tutor's lock. A room written in by hand is kept until there is
 * a desired state of a newer generation than `generation`, which defaults to the tutor's present one.
 * @returns the ids of such rooms' ledger rows, by lesson
 */
export async function recordManualEdits(
  ctx: Context,
  trx: Trx,
  of: { tutorId: string; sessionId?: string; generation?: number },
): Promise<Map<string, string>> {
  const rooms = new Map<string, string>();
  for (const session of await manuallyEditedSessions(trx, { ...of, now: ctx.clock() })) {
    const change = manualEdit(session, ctx.providers.ownerOf);
    if (change?.kind === "mismatch") await putRight(ctx, trx, session);
    if (change?.kind !== "room") continue;
    const generation = of.generation ?? (await connectionOf(trx, of.tutorId))?.generation ?? 0;
    rooms.set(session.id, await takeOver(ctx, trx, session, change, generation));
  }
  return rooms;
}

async function takeOver(
  ctx: Context,
  trx: Trx,
  session: ManuallyEditedSession,
  change: Extract<ManualEdit, { kind: "room" }>,
  generation: number,
): Promise<string> {
  const now = ctx.clock();
  const id = ctx.newId();
  const place = { provider: change.provider, join_url: change.joinUrl };
  await supersedeLive(trx, session.id, oldRoomStaysUntil(now, ctx.config), now);
  await keepReplaced(trx, session.tutor_id, change.joinUrl, now);
  await insertMeeting(trx, {
    id,
    tutor_id: session.tutor_id,
    session_id: session.id,
    origin: "manual",
    ...place,
    external_id: change.externalId,
    generation,
    revision: session.revision,
    key: meetingKey(id),
    state: "live",
    title: session.title,
    starts_at: session.scheduled_start_at,
    duration_minutes: session.duration_minutes,
    live_at: now,
    created_at: now,
    updated_at: now,
  });
  // It may be a room of ours, whose passcode stays with it.
  const passcode = await passcodeOfLink(ctx, trx, { tutorId: session.tutor_id, ...change });
  await keepPasscode(ctx, trx, id, { passcode });
  await updateSession(trx, session, {
    ...place,
    meeting_external_id: change.externalId,
    meeting_created_at: now,
    meeting_id: id,
    ...firstPlace(session, change.provider),
    updated_at: now,
  });
  ctx.log.info(
    { tutorId: session.tutor_id, sessionId: session.id, meetingId: id },
    "A link was written into a lesson by hand; it is kept until the next switch or refresh",
  );
  return id;
}

async function putRight(ctx: Context, trx: Trx, session: ManuallyEditedSession): Promise<void> {
  await updateSession(trx, session, {
    provider: session.room_provider,
    meeting_external_id: session.room_external_id,
    join_url: session.room_url,
    updated_at: ctx.clock(),
  });
  ctx.log.info(
    { tutorId: session.tutor_id, sessionId: session.id, meetingId: session.meeting_id },
    "A lesson changed by hand says again where its room is",
  );
}
