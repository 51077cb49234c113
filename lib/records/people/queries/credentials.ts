import type { Trx } from "#lib/platform/db.ts";

export interface Credential {
  personId: string;
  /** As sign-in keeps it: hashed. */
  password: string;
}

/** What somebody signs in with. Needs the owner's role. */
export async function credentialOf(trx: Trx, email: string): Promise<Credential | undefined> {
  const row = await trx
    .selectFrom("identity.user as u")
    .innerJoin("identity.account as a", "a.user_id", "u.id")
    .select(["u.id", "a.password"])
    .where("u.email", "=", email)
    .where("a.provider_id", "=", "credential")
    .executeTakeFirst();
  return row?.password ? { personId: row.id, password: row.password } : undefined;
}
