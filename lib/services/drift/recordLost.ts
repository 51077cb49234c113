import { asService } from "#lib/platform/db.ts";
import { hastenPaused } from "#lib/records/meetings/queries/hasten.ts";
import { orphanRow } from "#lib/records/meetings/queries/rows.ts";
import { answerMeeting, insertMeeting } from "#lib/records/meetings/queries.ts";
import type { Meeting } from "#lib/records/meetings/rules.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import { sessionById, updateSession } from "#lib/records/sessions/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { recordManualEdits } from "./recordManualEdits.ts";

/**
 * Records that a room is gone at the provider: the lesson has none now, and the tutor's next run makes a new
 * one. `left` is the external id of what remains there without use, which is then deleted.
 * @returns false if the row has changed since it was seen; then nothing is written
 */
export async function recordLost(ctx: Context, seen: Meeting, left?: string): Promise<boolean> {
  const now = ctx.clock();
  const isRecorded = await asService(ctx.db, async (trx) => {
    await lockTutor(trx, seen.tutor_id);
    // If a link was written in by hand just now, it stays, and the missing room counts as replaced, not as
    // lost.
    await recordManualEdits(ctx, trx, { tutorId: seen.tutor_id, sessionId: seen.session_id });
    const lost = { state: "lost", closed_at: now, error_code: "gone" } as const;
    if (!(await answerMeeting(trx, seen, lost, now))) return false;
    await ctx.nudge(trx, seen.tutor_id);
    const lesson = { tutorId: seen.tutor_id, sessionId: seen.session_id };
    await hastenPaused(trx, lesson, now);
    const session = await sessionById(trx, seen.session_id);
    if (session && left) {
      await insertMeeting(trx, orphanRow(ctx.newId(), { row: seen, session }, left, now));
    }
    // Whether or not the lesson was rescheduled meanwhile: as long as it points at this room, it points at
    // nothing.
    if (session?.meeting_id !== seen.id) return true;
    await updateSession(trx, session, {
      provider: null,
      meeting_external_id: null,
      join_url: null,
      meeting_created_at: null,
      meeting_id: null,
      updated_at: now,
    });
    return true;
  });
  if (isRecorded) {
    ctx.log.warn(
      { tutorId: seen.tutor_id, sessionId: seen.session_id, meetingId: seen.id },
      "A lesson's room is gone at the provider; it gets a new one",
    );
  }
  return isRecorded;
}
