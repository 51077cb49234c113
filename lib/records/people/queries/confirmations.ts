/** Mails that ask whether an address is a person's own, and what came of them. */
import type { Insertable } from "kysely";
import type { PrivateConfirmations } from "#lib/platform/database.types.ts";
import type { Queryable, Trx } from "#lib/platform/db.ts";

export const insertConfirmation = (trx: Trx, row: Insertable<PrivateConfirmations>) =>
  trx.insertInto("private.confirmations").values(row).execute();

/** With the person whom it is about as they are now, for as long as it hasn't expired. */
export const confirmationOf = (q: Queryable, tokenHash: string, now: Date) =>
  q
    .selectFrom("private.confirmations as c")
    .innerJoin("people as p", "p.id", "c.person_id")
    .innerJoin("private.addresses as a", "a.person_id", "p.id")
    .select([
      "c.id",
      "c.email",
      "c.used_at",
      "p.id as person_id",
      "p.name",
      "p.confirmed_at",
      "a.email as present_email",
    ])
    .where("c.token_hash", "=", tokenHash)
    .where("c.expires_at", ">", now)
    .executeTakeFirst();

/** Only one of several presses at once succeeds. @returns whether it was this one */
export async function takeConfirmation(trx: Trx, id: string, now: Date): Promise<boolean> {
  const row = await trx
    .updateTable("private.confirmations")
    .set({ used_at: now })
    .where("id", "=", id)
    .where("used_at", "is", null)
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

/** The newest one that waits for an answer, of any address or of those other than `but`. */
export const waitingConfirmation = (q: Queryable, personId: string, now: Date, but?: string) =>
  q
    .selectFrom("private.confirmations")
    .select(["email", "created_at"])
    .where("person_id", "=", personId)
    .where("used_at", "is", null)
    .where("expires_at", ">", now)
    .$if(but !== undefined, (query) => query.where("email", "!=", but ?? ""))
    .orderBy("created_at", "desc")
    .limit(1)
    .executeTakeFirst();

/** Ends the ones for other addresses than these. @returns how many waited for an answer */
export async function dropOtherConfirmations(
  trx: Trx,
  personId: string,
  ...kept: [string, ...string[]]
): Promise<number> {
  const dropped = await trx
    .deleteFrom("private.confirmations")
    .where("person_id", "=", personId)
    .where("email", "not in", kept)
    .returning("used_at")
    .execute();
  return dropped.filter(({ used_at }) => used_at === null).length;
}

export const dropConfirmation = (trx: Trx, id: string) =>
  trx.deleteFrom("private.confirmations").where("id", "=", id).execute();

export const dropExpiredConfirmations = (trx: Trx, now: Date) =>
  trx.deleteFrom("private.confirmations").where("expires_at", "<=", now).execute();
