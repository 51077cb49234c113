/** Moves lessons on with the clock: doors open before the start, and lessons end. Idempotent. */
import { addMinutes } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import { endMeetings } from "#lib/records/meetings/queries.ts";
import { closeBegunRequests } from "#lib/records/sessions/queries/changeRequests.ts";
import { completeEnded, openDoors } from "#lib/records/sessions/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";

export function advanceSessions(ctx: Context): Promise<void> {
  return asService(ctx.db, async (trx) => {
    const now = ctx.clock();
    await openDoors(trx, addMinutes(now, ctx.config.joinOpensMinutesBefore), now);
    await closeBegunRequests(trx, now);
    const ended = await completeEnded(trx, now);
    if (ended.length === 0) return;
    await endMeetings(
      trx,
      ended.map((session) => session.id),
      now,
    );
    for (const tutorId of new Set(ended.map((session) => session.tutor_id))) {
      await ctx.nudge(trx, tutorId);
    }
  });
}
