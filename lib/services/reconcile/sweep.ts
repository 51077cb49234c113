/** Finds the tutors to nudge. The tables know what is due, whether or not a job for it exists. */
import { addSeconds } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import { tutorsWithDueMeetings } from "#lib/records/meetings/queries.ts";
import { manuallyEditedSessions } from "#lib/records/sessions/queries/manualEdits.ts";
import { unsettledTutorsAt } from "#lib/records/sessions/queries/unsettled.ts";
import { manualEdit } from "#lib/records/sessions/rules.ts";
import type { Context } from "#lib/services/verb/context.ts";

/** Longer than a worker's sweep may be late, so that no row is missed between two sweeps. */
const LATE_SECONDS = 10;

/** Tutors with a ledger row whose time has just come. It is cheap and runs every second. */
export const dueTutors = (ctx: Context): Promise<string[]> => {
  const now = ctx.clock();
  const since = addSeconds(now, -LATE_SECONDS);
  return asService(ctx.db, (trx) => tutorsWithDueMeetings(trx, since, now));
};

/** Tutors with anything that isn't as it should be. It runs every minute. */
export const unsettledTutors = (ctx: Context): Promise<string[]> =>
  asService(ctx.db, async (trx) => {
    const now = ctx.clock();
    const changed = (await manuallyEditedSessions(trx, { now })).filter(
      (session) => manualEdit(session, ctx.providers.ownerOf) !== null,
    );
    const unsettled = await unsettledTutorsAt(trx, now);
    return [...new Set([...unsettled, ...changed.map((session) => session.tutor_id)])];
  });
