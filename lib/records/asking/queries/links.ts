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
 * Takes mails out of the outbox that nobody may be sent any more: to a whole mailbox, or of one ask. That a lesson is off
 * is still told to whoever has it in their calendar by an ask that has ended.
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
    // News of lessons that stand in the reader's own account are in nobody else's name.
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("private.answer_links as of")
            .innerJoin("private.asks as a", "a.id", "of.ask_id")
            .innerJoin("people as p", "p.id", "a.student_id")
            .select("a.id")
            .whereRef("of.mail_id", "=", "mails.id")
            .where("a.kind", "=", "student")
            .where("p.has_account", "=", true),
        ),
      ),
    )
    .$if(column === "ask_id", (query) => query.where("about", "is distinct from", "called_off"))
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

/** What is answered by these links is answered to another ask of the same mailbox. */
export async function moveLinks(
  trx: Trx,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await trx
    .updateTable("private.answer_links")
    .set({ ask_id: to })
    .where("ask_id", "=", from)
    .execute();
}

/** For whom the mail goes out; undefined once its ask is gone. */
export const askInMail = (q: Queryable, mailId: string): Promise<Ask | undefined> =>
  q
    .selectFrom("private.answer_links as l")
    .innerJoin("private.asks as a", "a.id", "l.ask_id")
    .selectAll("a")
    .where("l.mail_id", "=", mailId)
    .executeTakeFirst();
