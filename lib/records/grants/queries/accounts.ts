import type { Queryable } from "#lib/platform/db.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import { CURRENT, everywhere, RETIRED } from "#lib/records/grants/queries.ts";
import type { Connection } from "#lib/records/grants/rules.ts";

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

export interface AccountGrant
  extends Pick<Connection, "grant_id" | "tutor_id" | "connection_status" | "error_code"> {
  refresh_token_encrypted: string | null;
  current: boolean;
}

/** All grants with tokens on this account, whichever tutors', but none that is being revoked. Current ones first. */
export async function grantsOn(
  q: Queryable,
  of: { provider: ProviderId; account: { userId: string } },
): Promise<AccountGrant[]> {
  const columns = [
    "grant_id",
    "tutor_id",
    "connection_status",
    "error_code",
    "refresh_token_encrypted",
  ] as const;
  const current = await q
    .selectFrom(CURRENT)
    .select(columns)
    .where("provider", "=", of.provider)
    .where("account_user_id", "=", of.account.userId)
    .orderBy("grant_id")
    .execute();
  const retired = await q
    .selectFrom(RETIRED)
    .select(columns)
    .where("provider", "=", of.provider)
    .where("account_user_id", "=", of.account.userId)
    .where("erased_at", "is", null)
    .where("revocation_until", "is", null)
    .orderBy("retired_at", "desc")
    .execute();
  return [
    ...current.map((row) => ({ ...row, current: true })),
    ...retired.map((row) => ({ ...row, current: false })),
  ];
}

/** The accounts' addresses by grant, whichever of the two tables it sits in; the tutor may read their own. */
export async function accountEmails(
  q: Queryable,
  grantIds: string[],
): Promise<Map<string, string>> {
  const emails = new Map<string, string>();
  if (grantIds.length === 0) return emails;
  for (const table of everywhere) {
    const rows = await q
      .selectFrom(table)
      .select(["grant_id", "account_email"])
      .where("grant_id", "in", grantIds)
      .execute();
    for (const row of rows) emails.set(row.grant_id, row.account_email);
  }
  return emails;
}
