import { asPerson } from "#lib/platform/db.ts";
import { countWaiting } from "#lib/records/bookings/queries.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";

/** How many requests wait for this tutor's answer. */
export const waitingRequests = (ctx: Context, tutor: Person): Promise<number> =>
  asPerson(ctx.db, { personId: tutor.id }, (trx) => countWaiting(trx, tutor.id, ctx.clock()));
