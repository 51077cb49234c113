import type { Trx } from "#lib/platform/db.ts";
import { endHolds } from "#lib/records/budgets/queries.ts";
import { dayLimitsOf, pauseKeyOf } from "#lib/records/budgets/rules.ts";
import { endRefreshPause } from "#lib/records/grants/queries/refresh.ts";
import type { Connection } from "#lib/records/grants/rules.ts";
import { hastenPaused } from "#lib/records/meetings/queries/hasten.ts";
import type { Context } from "#lib/services/verb/context.ts";

/**
 * Somebody presses a button, so what waits only because a provider has said so is tried now. What we have counted
 * ourselves stays: the day's calls, and whether the provider answers at all. Must run within the tutor's lock.
 * @returns whether anything waited
 */
export async function liftPauses(
  ctx: Context,
  trx: Trx,
  { tutor_id: tutorId, provider, account_user_id: userId }: Connection,
): Promise<boolean> {
  const now = ctx.clock();
  const limits = ctx.providers.has(provider) ? ctx.providers.get(provider).budget.limits(null) : [];
  const caller = { provider, userId, organisationId: null };
  const kinds = ["create", "repair"] as const;
  const days = kinds.flatMap((kind) => dayLimitsOf(caller, limits, kind));
  const keys = [pauseKeyOf(caller), ...days.map(({ key }) => key)];
  const lifted = [
    await endRefreshPause(trx, tutorId, now),
    await hastenPaused(trx, { tutorId }, now),
    await endHolds(trx, keys, now),
  ];
  return lifted.includes(true);
}
