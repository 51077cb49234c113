/** What mailboxes were asked and said, by their keyed hash. */
import { sql, type Updateable } from "kysely";
import type { PrivateMailboxes } from "#lib/platform/database.types.ts";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import type { Mailbox } from "#lib/records/asking/rules.ts";

/** Questions to one mailbox and its answers happen one after another. */
export async function lockMailbox(trx: Trx, hash: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`mailbox ${hash}`}, 0))`.execute(trx);
}

export const mailboxByHash = (q: Queryable, hash: string): Promise<Mailbox | undefined> =>
  q.selectFrom("private.mailboxes").selectAll().where("mailbox_hash", "=", hash).executeTakeFirst();

/** In two statements, because a row that only takes a "never" back is none that could be inserted. */
export async function storeMailbox(
  trx: Trx,
  hash: string,
  change: Updateable<PrivateMailboxes>,
): Promise<void> {
  await trx
    .insertInto("private.mailboxes")
    .values({ mailbox_hash: hash })
    .onConflict((conflict) => conflict.column("mailbox_hash").doNothing())
    .execute();
  await trx.updateTable("private.mailboxes").set(change).where("mailbox_hash", "=", hash).execute();
}

export async function questionsTo(q: Queryable, hash: string, since: Date): Promise<number> {
  const { count } = await q
    .selectFrom("private.questions")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("mailbox_hash", "=", hash)
    .where("asked_at", ">", since)
    .executeTakeFirstOrThrow();
  return Number(count);
}

export const insertQuestion = (
  trx: Trx,
  question: { id: string; mailbox_hash: string; asked_at: Date },
) => trx.insertInto("private.questions").values(question).execute();

export const forgetQuestions = (trx: Trx, hash: string, until: Date) =>
  trx
    .deleteFrom("private.questions")
    .where("mailbox_hash", "=", hash)
    .where("asked_at", "<=", until)
    .execute();

/** The key of the hashes. Whoever comes first makes it, sealed. @returns it as it is stored */
export async function sealedMailboxKey(trx: Trx, made: string): Promise<string> {
  await trx
    .insertInto("private.installation_keys")
    .values({ name: "mailboxes", sealed: made })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .execute();
  const key = await storedMailboxKey(trx);
  if (key === undefined) throw new Error("The key of the mailboxes is gone");
  return key;
}

export async function storedMailboxKey(q: Queryable): Promise<string | undefined> {
  const row = await q
    .selectFrom("private.installation_keys")
    .select("sealed")
    .where("name", "=", "mailboxes")
    .executeTakeFirst();
  return row?.sealed;
}

/** @returns whether it was still the one that was read */
export async function replaceMailboxKey(trx: Trx, seen: string, sealed: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("private.installation_keys")
    .set({ sealed })
    .where("name", "=", "mailboxes")
    .where("sealed", "=", seen)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}
