/** The links in mails, by which a mailbox answers. */
import type { Insertable, Selectable } from "kysely";
import type { PrivateAnswerLinks } from "#lib/platform/database.types.ts";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import type { Ask } from "#lib/records/asking/rules.ts";

export type AnswerLink = Selectable<PrivateAnswerLinks>;

export const insertLink = (trx: Trx, link: Insertable<PrivateAnswerLinks>) =>
  trx.insertInto("private.answer_links").values(link).execute();

export const linkByToken = (q: Queryable, tokenHash: string): Promise<AnswerLink | undefined> =>
  q
    .selectFrom("private.answer_links")
    .selectAll()
    .where("token_hash", "=", tokenHash)
    .executeTakeFirst();

/**
 * Takes mails out of the outbox that nobody may be sent any more: of one ask, or to a whole mailbox.
 * @returns of how many nobody had tried to send them
 */
export async function dropMails(
  trx: Trx,
  column: "ask_id" | "mailbox_hash",
  value: string,
): Promise<number> {
  const dropped = await trx
    .deleteFrom("mails")
    .where("status", "=", "queued")
    .where("id", "in", (eb) =>
      eb
        .selectFrom("private.answer_links")
        .select("mail_id")
        .where(column, "=", value)
        .where("mail_id", "is not", null)
        .$castTo<{ mail_id: string }>(),
    )
    .returning("attempts")
    .execute();
  return dropped.filter(({ attempts }) => attempts === 0).length;
}

/** For whom the mail goes out; undefined once its ask is gone. */
export const askInMail = (q: Queryable, mailId: string): Promise<Ask | undefined> =>
  q
    .selectFrom("private.answer_links as l")
    .innerJoin("private.asks as a", "a.id", "l.ask_id")
    .selectAll("a")
    .where("l.mail_id", "=", mailId)
    .executeTakeFirst();
