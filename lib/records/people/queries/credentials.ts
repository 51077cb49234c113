import type { Trx } from "#lib/platform/db.ts";
import { lockPerson } from "./whole.ts";

export interface Credential {
  personId: string;
  /** As sign-in keeps it: hashed. */
  password: string;
}

/**
 * Waits for whoever is setting another password just now, and keeps others from it until the transaction ends.
 * Needs the owner's role.
 */
export async function lockedPasswordOf(trx: Trx, personId: string): Promise<string | null> {
  await lockPerson(trx, personId);
  const row = await trx
    .selectFrom("identity.account")
    .select("password")
    .where("user_id", "=", personId)
    .where("provider_id", "=", "credential")
    .forUpdate()
    .executeTakeFirst();
  return row?.password ?? null;
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
