import { type Insertable, type Selectable, sql } from "kysely";
import type { Mails, PrivateMailTexts } from "#lib/platform/database.types.ts";
import type { Queryable, Trx } from "#lib/platform/db.ts";

/** A mail that is about to be sent. Its bodies are null if its text was erased. */
export type Mail = Pick<Selectable<Mails>, "id" | "attempts" | "calendar_method"> &
  Omit<Selectable<PrivateMailTexts>, "mail_id">;

export async function insertMail(
  trx: Trx,
  mail: Insertable<Mails> & { id: string },
  text: Omit<Insertable<PrivateMailTexts>, "mail_id">,
): Promise<void> {
  await trx.insertInto("mails").values(mail).execute();
  await trx
    .insertInto("private.mail_texts")
    .values({ ...text, mail_id: mail.id })
    .execute();
}

/**
 * Takes the oldest due mail for one attempt. No other worker can take it before `until`. If a worker dies
 * after sending the mail and before recording it, the mail is sent again.
 */
export const claimMail = (trx: Trx, now: Date, until: Date): Promise<Mail | undefined> =>
  trx
    .updateTable("mails")
    .from("private.mail_texts as t")
    .set({ attempts: sql`attempts + 1`, next_attempt_at: until })
    .whereRef("t.mail_id", "=", "mails.id")
    .where("mails.id", "=", (eb) =>
      eb
        .selectFrom("mails")
        .select("id")
        .where("status", "=", "queued")
        .where("next_attempt_at", "<=", now)
        .orderBy("created_at")
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .returning(["mails.id", "mails.attempts", "mails.calendar_method"])
    .returning(["t.to_email", "t.to_name", "t.subject"])
    .returning(["t.text_body", "t.html_body", "t.calendar_body", "t.unsubscribe_url"])
    .executeTakeFirst();

export const recordMail = (
  trx: Trx,
  id: string,
  change: Pick<Selectable<Mails>, "status"> &
    Partial<Pick<Selectable<Mails>, "sent_at" | "next_attempt_at" | "error_detail">>,
) => trx.updateTable("mails").set(change).where("id", "=", id).execute();

const erased = {
  to_name: null,
  text_body: null,
  html_body: null,
  calendar_body: null,
  unsubscribe_url: null,
} as const;

/** Of a mail that was sent. Whom it went to and its subject stay, for support. */
export const eraseMailText = (trx: Trx, id: string) =>
  trx.updateTable("private.mail_texts").set(erased).where("mail_id", "=", id).execute();

/**
 * Of every mail that was sent, and of those that failed for good and whose last pause ended before that time.
 */
export const eraseMailTexts = (trx: Trx, failedBefore: Date) =>
  trx
    .updateTable("private.mail_texts as t")
    .from("mails as m")
    .set(erased)
    .whereRef("m.id", "=", "t.mail_id")
    .where("t.text_body", "is not", null)
    .where((eb) =>
      eb.or([
        eb("m.status", "=", "sent"),
        eb.and([eb("m.status", "=", "failed"), eb("m.next_attempt_at", "<", failedBefore)]),
      ]),
    )
    .execute();

/** The mails to these addresses, sent or queued, newest first and without their texts. */
export const mailsTo = (q: Queryable, emails: string[], limit: number) =>
  q
    .selectFrom("private.mail_texts as t")
    .innerJoin("mails as m", "m.id", "t.mail_id")
    .select(["m.id", "t.to_email", "t.subject", "m.status", "m.attempts"])
    .select(["m.created_at", "m.sent_at", "m.error_detail"])
    .where("t.to_email", "in", emails)
    .orderBy("m.created_at", "desc")
    .limit(limit)
    .execute();
