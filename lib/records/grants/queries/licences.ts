/** What users' own licences at the providers allow, as they were last read; see the paragraph at the table. */
import type { Queryable, Trx } from "#lib/platform/db.ts";
import type { Licence, ProviderId } from "#lib/providers/provider.ts";

export async function licenceOf(
  q: Queryable,
  provider: ProviderId,
  accountUserId: string,
): Promise<Licence | null> {
  const row = await q
    .selectFrom("provider_licences")
    .select("licence")
    .where("provider", "=", provider)
    .where("account_user_id", "=", accountUserId)
    .executeTakeFirst();
  return row?.licence ?? null;
}

/** Writes nothing where it is known already. */
export const storeLicence = (
  trx: Trx,
  read: { provider: ProviderId; accountUserId: string; licence: Licence; now: Date },
) =>
  trx
    .insertInto("provider_licences")
    .values({
      provider: read.provider,
      account_user_id: read.accountUserId,
      licence: read.licence,
      updated_at: read.now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(["provider", "account_user_id"])
        .doUpdateSet({ licence: read.licence, updated_at: read.now })
        .where("provider_licences.licence", "<>", read.licence),
    )
    .execute();
