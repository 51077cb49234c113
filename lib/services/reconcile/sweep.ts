/** Finds the tutors to nudge. The tables know what is due, whether or not a job for it exists. */
import { addSeconds } from "#lib/platform/clock.ts";
import { asService, type Trx } from "#lib/platform/db.ts";
import { tutorsWithDueMeetings } from "#lib/records/meetings/queries.ts";
import { manuallyEditedSessions } from "#lib/records/sessions/queries/manualEdits.ts";
import {
  isAnyUnsettled,
  marksOf,
  takeMarks,
  unsettledTutorsAt,
} from "#lib/records/sessions/queries/unsettled.ts";
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

/** Tutors with anything that may not be as it should be. It runs every minute. */
export const unsettledTutors = (ctx: Context): Promise<string[]> =>
  asService(ctx.db, (trx) => unsettledTutorsAt(trx, ctx.clock()));

/**
 * Takes away the tutor's marks if all of their lessons are in order. Otherwise one stays, and the tutor is looked at every
 * minute. A change that is written down meanwhile leaves a mark that isn't seen here, and so stays as well.
 */
export const settleMarks = (ctx: Context, tutorId: string): Promise<void> =>
  asService(ctx.db, async (trx) => {
    const marks = await marksOf(trx, tutorId);
    if (marks.length === 0) return;
    // One is enough to come back by; a lesson that stays out of order for weeks must not gather thousands.
    await takeMarks(trx, (await isInOrder(ctx, trx, tutorId)) ? marks : marks.slice(1));
  });

async function isInOrder(ctx: Context, trx: Trx, tutorId: string): Promise<boolean> {
  const now = ctx.clock();
  if (await isAnyUnsettled(trx, tutorId, now)) return false;
  const edited = await manuallyEditedSessions(trx, { tutorId, now });
  return edited.every((session) => manualEdit(session, ctx.providers.ownerOf) === null);
}
