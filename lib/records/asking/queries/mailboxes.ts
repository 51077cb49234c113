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

export const mailboxesByHash = (q: Queryable, hashes: string[]): Promise<Mailbox[]> =>
  q.selectFrom("private.mailboxes").selectAll().where("mailbox_hash", "in", hashes).execute();

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

export const forgetNewestQuestion = (trx: Trx, hash: string) =>
  trx
    .deleteFrom("private.questions")
    .where("id", "in", (eb) =>
      eb
        .selectFrom("private.questions")
        .select("id")
        .where("mailbox_hash", "=", hash)
        .orderBy("asked_at", "desc")
        .limit(1),
    )
    .execute();
