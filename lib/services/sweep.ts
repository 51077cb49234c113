/** Whom to nudge: the tables know what is due, whether or not a job for it exists. */
import { asService } from "#lib/platform/db.ts";
import { tutorsWithDueMeetings } from "#lib/records/meetings/queries.ts";
import { tutorsToLookAt } from "#lib/records/sessions/unsettled.ts";
import type { Context } from "./context.ts";

/** Tutors with a ledger row whose time has come. Cheap; asked every second. */
export const dueTutors = (ctx: Context): Promise<string[]> =>
  asService(ctx.db, (trx) => tutorsWithDueMeetings(trx, ctx.clock()));

/** Tutors with anything that isn't as it should be. Asked every minute. */
export const unsettledTutors = (ctx: Context): Promise<string[]> =>
  asService(ctx.db, (trx) => tutorsToLookAt(trx, ctx.clock()));
