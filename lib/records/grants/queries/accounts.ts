import type { Queryable } from "#lib/platform/db.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import { CURRENT, RETIRED } from "#lib/records/grants/queries.ts";

/** The account that the tutor has, or had last, at this provider. Limits are counted per account. */
export async function lastAccountAt(q: Queryable, tutorId: string, provider: ProviderId) {
  const columns = ["account_user_id", "account_organisation_id"] as const;
  const current = await q
    .selectFrom(CURRENT)
    .select(columns)
    .where("tutor_id", "=", tutorId)
    .where("provider", "=", provider)
    .executeTakeFirst();
  if (current) return current;
  return q
    .selectFrom(RETIRED)
    .select(columns)
    .where("tutor_id", "=", tutorId)
    .where("provider", "=", provider)
    .orderBy("retired_at", "desc")
    .limit(1)
    .executeTakeFirst();
}
