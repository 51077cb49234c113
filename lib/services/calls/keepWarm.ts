/** Refreshes grants in use before their provider ends them for not having been used. */
import { addDays } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import { coolingGrants } from "#lib/records/grants/queries/cooling.ts";
import { KEEP_WARM_DAYS } from "#lib/records/grants/rules.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { openGrant } from "./grantSession.ts";

/** A minute's work isn't to be long: with many grants, the next minute goes on. */
const MOST_AT_ONCE = 20;

/** Idempotent. A refresh that fails is put off, or ends the grant, as any other does. */
export async function keepGrantsWarm(ctx: Context): Promise<void> {
  const now = ctx.clock();
  const times = { now, unusedSince: addDays(now, -KEEP_WARM_DAYS) };
  const grants = await asService(ctx.db, (trx) => coolingGrants(trx, times, MOST_AT_ONCE));
  for (const grantId of grants) {
    try {
      await openGrant(ctx, grantId);
      ctx.log.info({ grantId }, "A connection that was long unused has been refreshed");
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      const { code, message: detail } = error;
      ctx.log.warn({ grantId, code, detail }, "A long unused connection could not be refreshed");
    }
  }
}
