/** The price plans of organisations at the providers, as far as answers have revealed them. */
import type { Queryable, Trx } from "#lib/platform/db.ts";
import type { ProviderId } from "#lib/providers/provider.ts";

export async function planOf(
  q: Queryable,
  provider: ProviderId,
  organisationId: string | null,
): Promise<string | null> {
  if (organisationId === null) return null;
  const row = await q
    .selectFrom("provider_plans")
    .select("plan")
    .where("provider", "=", provider)
    .where("organisation_id", "=", organisationId)
    .executeTakeFirst();
  return row?.plan ?? null;
}

export const storePlan = (
  trx: Trx,
  learnt: { provider: ProviderId; organisationId: string; plan: string; now: Date },
) =>
  trx
    .insertInto("provider_plans")
    .values({
      provider: learnt.provider,
      organisation_id: learnt.organisationId,
      plan: learnt.plan,
      updated_at: learnt.now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(["provider", "organisation_id"])
        .doUpdateSet({ plan: learnt.plan, updated_at: learnt.now }),
    )
    .execute();
