/** What one person would like to mail to whom. */
import { type Insertable, sql, type Updateable } from "kysely";
import type { PrivateAsks } from "#lib/platform/database.types.ts";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import type { Ask, AskOf } from "#lib/records/asking/rules.ts";

/** One change of somebody's asks at a time. Whoever also locks a mailbox locks it after this. */
export async function lockAsker(trx: Trx, askerId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`asker ${askerId}`}, 0))`.execute(trx);
}

export const askById = (q: Queryable, id: string): Promise<Ask | undefined> =>
  q.selectFrom("private.asks").selectAll().where("id", "=", id).executeTakeFirst();

export const currentAsk = (q: Queryable, of: AskOf): Promise<Ask | undefined> =>
  q
    .selectFrom("private.asks")
    .selectAll()
    .where("asker_id", "=", of.askerId)
    .where("kind", "=", of.kind)
    .where("student_id", "is not distinct from", of.studentId)
    .where("ended_at", "is", null)
    .executeTakeFirst();

/** All that somebody asks at present. */
export const currentAsksOf = (q: Queryable, askerId: string): Promise<Ask[]> =>
  q
    .selectFrom("private.asks")
    .selectAll()
    .where("asker_id", "=", askerId)
    .where("ended_at", "is", null)
    .execute();

/** The same mailbox, asked by the same person about somebody else: a parent of two. */
export const askOfSameMailbox = (
  q: Queryable,
  { id, asker_id: askerId, mailbox }: Pick<Ask, "id" | "asker_id" | "mailbox">,
): Promise<Ask | undefined> =>
  q
    .selectFrom("private.asks")
    .selectAll()
    .where("asker_id", "=", askerId)
    .where("mailbox", "=", mailbox)
    .where("id", "<>", id)
    .where("ended_at", "is", null)
    .orderBy("tried_at")
    .limit(1)
    .executeTakeFirst();

export const insertAsk = (trx: Trx, ask: Insertable<PrivateAsks>): Promise<Ask> =>
  trx.insertInto("private.asks").values(ask).returningAll().executeTakeFirstOrThrow();

/** The ask that ended last without an answer, if its question went to this mailbox: an address that was corrected, and back. */
export const reopenAsk = (
  trx: Trx,
  of: AskOf & { email: string; mailbox: string; hash: string },
): Promise<Ask | undefined> =>
  trx
    .updateTable("private.asks")
    .set({ ended_at: null, email: of.email, mailbox: of.mailbox })
    .where("id", "=", (eb) =>
      eb
        .selectFrom("private.asks as a")
        .innerJoin("private.answer_links as l", "l.ask_id", "a.id")
        .select("a.id")
        .where("a.asker_id", "=", of.askerId)
        .where("a.kind", "=", of.kind)
        .where("a.student_id", "is not distinct from", of.studentId)
        .where("a.ended_at", "is not", null)
        .where("a.answer", "is", null)
        .where("l.mailbox_hash", "=", of.hash)
        .where("l.mail_id", "is not", null)
        .orderBy("a.ended_at", "desc")
        .limit(1),
    )
    .returningAll()
    .executeTakeFirst();

export const updateAsk = (
  trx: Trx,
  id: string,
  change: Updateable<PrivateAsks>,
): Promise<Ask | undefined> =>
  trx
    .updateTable("private.asks")
    .set(change)
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .returningAll()
    .executeTakeFirst();

/**
 * What a mailbox answers to somebody, it answers to all that they ask it.
 * @returns those asks
 */
export const updateAsksOfMailbox = (
  trx: Trx,
  { asker_id: askerId, mailbox }: Pick<Ask, "asker_id" | "mailbox">,
  change: Updateable<PrivateAsks>,
): Promise<Ask[]> =>
  trx
    .updateTable("private.asks")
    .set(change)
    .where("asker_id", "=", askerId)
    .where("mailbox", "=", mailbox)
    .where("ended_at", "is", null)
    .returningAll()
    .execute();

/** How many addresses this person wanted to be asked since then. */
export async function triesOf(q: Queryable, askerId: string, since: Date): Promise<number> {
  const { count } = await q
    .selectFrom("private.asks")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("asker_id", "=", askerId)
    .where("tried_at", ">", since)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Whether somebody's ask stands that this mailbox said yes to. */
export async function hasAgreedTo(q: Queryable, mailbox: string): Promise<boolean> {
  const row = await q
    .selectFrom("private.asks")
    .select("id")
    .where("mailbox", "=", mailbox)
    .where("ended_at", "is", null)
    .where("answer", "=", "yes")
    .executeTakeFirst();
  return row !== undefined;
}
