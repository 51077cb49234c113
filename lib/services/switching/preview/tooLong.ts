import type { Trx } from "#lib/platform/db.ts";
import type { VideoProvider } from "#lib/providers/provider.ts";
import { planOf } from "#lib/records/budgets/queries/plans.ts";
import { licenceOf } from "#lib/records/grants/queries/licences.ts";

export interface TooLong {
  minutes: number;
  count: number;
  assumed: boolean;
}

/**
 * How many lessons last longer than the account lets a meeting last; null where it doesn't end one. `assumed`: neither
 * the user's licence nor the organisation's plan is known. Must run as the service role.
 */
export async function countTooLong(
  trx: Trx,
  provider: VideoProvider,
  account: { account_user_id: string; account_organisation_id: string | null } | undefined,
  lessons: readonly { duration_minutes: number }[],
): Promise<TooLong | null> {
  const plan = await planOf(trx, provider.id, account?.account_organisation_id ?? null);
  const licence = account ? await licenceOf(trx, provider.id, account.account_user_id) : null;
  const minutes = provider.budget.longestMinutes(plan, licence);
  if (minutes === null) return null;
  const count = lessons.filter((lesson) => lesson.duration_minutes > minutes).length;
  return { minutes, count, assumed: plan === null && licence === null };
}
