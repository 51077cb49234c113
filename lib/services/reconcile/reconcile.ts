/**
 * The one routine behind every switch, refresh, booking, reschedule and crash: compare what is with
 * what should be, take the next safe step, look again. It reads the wish at the moment it acts, so the
 * newest wish wins; running it twice does nothing twice, also at the same time in two processes.
 */

import { addSeconds, earliest } from "#lib/platform/clock.ts";
import { RUN_SECONDS } from "#lib/platform/patience.ts";
import { revokeUnusedGrants } from "#lib/services/calls/revokeUnusedGrants.ts";
import { driftCheck } from "#lib/services/drift/driftCheck.ts";
import { recordManualEditsOf } from "#lib/services/drift/recordManualEdits.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { type Run, takeDueSteps } from "./dispatch.ts";
import { settleMarks } from "./sweep.ts";

/** What falls due this soon is waited for inside the run. */
const SHORT_WAIT_SECONDS = 3;
/**
 * After a fault of ours, as a rule a cut connection to the database, the step comes again after these.
 * Nothing may stand in a row that would bring it back; what fails longer is left to the minute's sweep.
 */
const FAULT_PAUSES_SECONDS = [1, 2, 4];

export interface ReconcileResult {
  /** When to come again: now for work left over, later for a row's date; null: nothing waits. */
  nextAt: Date | null;
}

export async function reconcile(ctx: Context, tutorId: string): Promise<ReconcileResult> {
  const end = addSeconds(ctx.clock(), RUN_SECONDS);
  const pauses = [...FAULT_PAUSES_SECONDS];
  const run: Run = {
    tutorId,
    end,
    stuck: new Set(),
    faulty: new Set(),
    unwritten: new Set(),
  };
  await recordManualEditsOf(ctx, tutorId);
  for (;;) {
    const dueAt = await takeDueSteps(ctx, run);
    if (ctx.clock() >= end) return { nextAt: ctx.clock() };
    if (await pauseForFaults(ctx, run, pauses)) continue;
    const late = await driftCheck(ctx, tutorId, end);
    if (late.looked) continue;
    const nextAt = earliest(dueAt, late.nextAt);
    const soon = addSeconds(ctx.clock(), SHORT_WAIT_SECONDS);
    if (!nextAt || nextAt > soon || nextAt > end) {
      await revokeUnusedGrants(ctx, tutorId, end);
      await settleMarks(ctx, tutorId);
      return { nextAt };
    }
    await ctx.sleep(Math.max(0, nextAt.getTime() - ctx.clock().getTime()));
  }
}

/** @returns false where none failed by a fault of ours, or there is no time left for another try */
async function pauseForFaults(ctx: Context, run: Run, pauses: number[]): Promise<boolean> {
  const pause = run.faulty.size > 0 ? pauses.shift() : undefined;
  if (pause === undefined || addSeconds(ctx.clock(), pause) > run.end) return false;
  await ctx.sleep(pause * 1000);
  run.faulty.clear();
  return true;
}
