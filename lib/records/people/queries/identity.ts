/** Sign-in's own tables. Only the database's owner reaches them, so these need a plain `transaction`. */
import { sql } from "kysely";
import type { Queryable, Trx } from "#lib/platform/db.ts";

/** The kept password of a person; undefined for somebody who has none. */
export async function passwordOf(q: Queryable, personId: string): Promise<string | undefined> {
  const row = await credential(q, personId).select("password").executeTakeFirst();
  return row?.password ?? undefined;
}

const credential = (q: Queryable, personId: string) =>
  q
    .selectFrom("identity.account")
    .where("user_id", "=", personId)
    .where("provider_id", "=", "credential");

/** The database then ends feeds, resets and changes of the address that were begun before. */
export const setPassword = (trx: Trx, personId: string, hash: string, now: Date) =>
  trx
    .updateTable("identity.account")
    .set({ password: hash, updated_at: now })
    .where("user_id", "=", personId)
    .where("provider_id", "=", "credential")
    .execute();

/** @param tokenHash as the table keeps it */
export const endSignIn = (trx: Trx, tokenHash: string) =>
  trx.deleteFrom("identity.session").where("token", "=", tokenHash).execute();

/** @param keep the id of the one that goes on, if any does */
export const endSignIns = (trx: Trx, personId: string, keep: string | null) =>
  trx
    .deleteFrom("identity.session")
    .where("user_id", "=", personId)
    .$if(keep !== null, (query) => query.where("id", "!=", keep))
    .execute();

/** @param identifierHash as the table keeps what the link's token belongs to */
export async function isResetOpen(trx: Trx, identifierHash: string, now: Date): Promise<boolean> {
  const row = await trx
    .selectFrom("identity.verification")
    .select("id")
    .where("identifier", "=", identifierHash)
    .where("expires_at", ">", now)
    .executeTakeFirst();
  return row !== undefined;
}

export const dropResets = (trx: Trx, personId: string) =>
  trx.deleteFrom("identity.verification").where("value", "=", personId).execute();

export const setIdentityAddress = (trx: Trx, personId: string, email: string, now: Date) =>
  trx
    .updateTable("identity.user")
    .set({ email, updated_at: now })
    .where("id", "=", personId)
    .execute();

/** Whoever takes an address takes this first, so that two who want the same one come one after the other. */
export async function lockAddress(trx: Trx, email: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`address ${email}`}, 0))`.execute(trx);
}

/** Whoever holds this address; undefined if nobody does. */
export const holderOf = (q: Queryable, email: string) =>
  q
    .selectFrom("private.addresses as a")
    .innerJoin("people as p", "p.id", "a.person_id")
    .select(["p.id", "p.role", "p.confirmed_at", "p.signed_up_unasked"])
    .where("a.email", "=", email)
    .executeTakeFirst();
