import { type Insertable, type RawBuilder, type Selectable, sql } from "kysely";
import type { Mails, PrivateMailTexts } from "#lib/platform/database.types.ts";
import type { Queryable, Trx } from "#lib/platform/db.ts";

/** A mail that is about to be sent. Its bodies are null if its text was erased. */
export type Mail = Pick<
  Selectable<Mails>,
  | "id"
  | "attempts"
  | "calendar_method"
  | "created_at"
  | "about"
  | "person_id"
  | "booking_id"
  | "change_request_id"
  | "about_provider"
  | "about_trouble"
  | "valid_until"
  | "error_code"
> &
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

/** The part of an address that names its server. */
const domainOf = (email: RawBuilder<string>) =>
  sql<string>`lower(substring(${email} from '[^@]*$'))`;

/**
 * Takes the oldest due mail for one attempt. No other worker can take it before `until`. If a worker dies
 * after sending the mail and before recording it, the mail is sent again.
 * @param busy addresses and servers that have as many mails on their way as they may
 */
export const claimMail = (
  trx: Trx,
  now: Date,
  until: Date,
  busy: { emails: string[]; domains: string[] } = { emails: [], domains: [] },
): Promise<Mail | undefined> =>
  trx
    .updateTable("mails")
    .from("private.mail_texts as t")
    .set({ attempts: sql`attempts + 1`, lease_until: until })
    .whereRef("t.mail_id", "=", "mails.id")
    .where("mails.id", "=", (eb) =>
      eb
        .selectFrom("mails as m")
        .innerJoin("private.mail_texts as of", "of.mail_id", "m.id")
        .select("m.id")
        .where("m.status", "=", "queued")
        .where("m.next_attempt_at", "<=", now)
        .where((or) => or.or([or("m.lease_until", "is", null), or("m.lease_until", "<=", now)]))
        .$if(busy.emails.length > 0, (query) => query.where("of.to_email", "not in", busy.emails))
        .$if(busy.domains.length > 0, (query) =>
          query.where(domainOf(sql.ref("of.to_email")), "not in", busy.domains),
        )
        .orderBy("m.created_at")
        .limit(1)
        .forUpdate("m")
        .skipLocked(),
    )
    .returning(["mails.id", "mails.attempts", "mails.calendar_method", "mails.created_at"])
    .returning(["mails.about", "mails.person_id", "mails.booking_id", "mails.valid_until"])
    .returning(["mails.change_request_id"])
    .returning(["mails.about_provider", "mails.about_trouble", "mails.error_code"])
    .returning(["t.to_email", "t.to_name", "t.subject", "t.about_email"])
    .returning(["t.text_body", "t.html_body", "t.calendar_body", "t.unsubscribe_url"])
    .executeTakeFirst();

/** Ends the attempt; does nothing where somebody else has taken the mail since. */
export const recordMail = (
  trx: Trx,
  { id, attempts }: Pick<Mail, "id" | "attempts">,
  change: Pick<Selectable<Mails>, "status"> &
    Partial<Pick<Selectable<Mails>, "sent_at" | "next_attempt_at" | "error_code" | "error_detail">>,
) =>
  trx
    .updateTable("mails")
    .set({ ...change, lease_until: null })
    .where("id", "=", id)
    .where("attempts", "=", attempts)
    .where("status", "=", "queued")
    .execute();

/** The person has another address by now. */
export const readdressMail = (trx: Trx, id: string, email: string) =>
  trx
    .updateTable("private.mail_texts")
    .set({ to_email: email })
    .where("mail_id", "=", id)
    .execute();

/** The server takes mail again, so whatever only waited for that needn't wait for its own date. */
export const hurryMails = (trx: Trx, now: Date) =>
  trx
    .updateTable("mails")
    .set({ next_attempt_at: now })
    .where("status", "=", "queued")
    .where("error_code", "in", ["away", "server"])
    .where("next_attempt_at", ">", now)
    .execute();

const erased = {
  to_name: null,
  text_body: null,
  html_body: null,
  calendar_body: null,
  unsubscribe_url: null,
  about_email: null,
} as const;

/** Of a mail that was sent or dropped. Whom it went to and its subject stay, for support. */
export const eraseMailText = (trx: Trx, id: string) =>
  trx.updateTable("private.mail_texts").set(erased).where("mail_id", "=", id).execute();

/**
 * Of every mail that was sent or dropped, and of those that failed for good and whose last pause ended before that time.
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
        eb("m.status", "in", ["sent", "dropped"]),
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
    .select(["m.created_at", "m.sent_at", "m.next_attempt_at", "m.error_code", "m.error_detail"])
    .where("t.to_email", "in", emails)
    .orderBy("m.created_at", "desc")
    .limit(limit)
    .execute();
