/** Refreshes grants in use before their provider ends them for not having been used. */
import { addDays } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import { WARM_RUN_SECONDS } from "#lib/platform/patience.ts";
import { providerIds } from "#lib/providers/provider.ts";
import { coolingGrants } from "#lib/records/grants/queries/cooling.ts";
import { KEEP_WARM_DAYS } from "#lib/records/grants/rules.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { oneByOne } from "#lib/services/verb/oneByOne.ts";
import { openGrant } from "./grantSession.ts";

/** Idempotent. A refresh that fails is put off, or ends the grant, as any other does. */
export async function keepGrantsWarm(ctx: Context): Promise<void> {
  const now = ctx.clock();
  const unusedSince = addDays(now, -KEEP_WARM_DAYS);
  const providers = providerIds.filter((id) => ctx.providers.has(id));
  const grants = await asService(ctx.db, (trx) =>
    coolingGrants(trx, { now, unusedSince, providers }),
  );
  const round = { what: "a connection kept warm", nameOf: String, seconds: WARM_RUN_SECONDS };
  await oneByOne(ctx, grants, round, async (grantId) => {
    await openGrant(ctx, grantId);
    ctx.log.info({ grantId }, "A connection that was long unused has been refreshed");
  });
}
