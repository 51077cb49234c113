/** What waiting mails are about, and what is so now. */
import type { Insertable } from "kysely";
import type { PrivateMailLessons } from "#lib/platform/database.types.ts";
import type { Trx } from "#lib/platform/db.ts";
import type { LessonNow, LessonTold, MailKind } from "#lib/records/mails/rules.ts";

export const insertMailLessons = (trx: Trx, rows: Insertable<PrivateMailLessons>[]) =>
  trx.insertInto("private.mail_lessons").values(rows).execute();

export const lessonsInMail = (trx: Trx, mailId: string): Promise<LessonNow[]> =>
  trx
    .selectFrom("private.mail_lessons as l")
    .innerJoin("sessions as s", "s.id", "l.session_id")
    .select(["l.session_id", "l.revision", "l.from_provider", "l.to_provider", "l.former_start"])
    .select(["s.status", "s.provider", "s.scheduled_end_at", "s.revision as current_revision"])
    .where("l.mail_id", "=", mailId)
    .orderBy("s.scheduled_start_at")
    .orderBy("s.id")
    .execute();

/**
 * What mails to this address say of these lessons that were written and surely not sent: nobody has read them. Of
 * several about one lesson, the oldest says from where its reader comes.
 */
export const unreadOf = (
  trx: Trx,
  of: { kind: MailKind; email: string; sessionIds: string[] },
): Promise<LessonTold[]> =>
  trx
    .selectFrom("private.mail_lessons as l")
    .innerJoin("mails as m", "m.id", "l.mail_id")
    .innerJoin("private.mail_texts as t", "t.mail_id", "m.id")
    .select(["l.session_id", "l.revision", "l.from_provider", "l.to_provider", "l.former_start"])
    .where("m.about", "=", of.kind)
    .where("m.status", "=", "queued")
    .where("m.lease_until", "is", null)
    .where("t.to_email", "=", of.email)
    .where("l.session_id", "in", of.sessionIds)
    .orderBy("m.created_at")
    .execute();

/** Whether anybody still waits for this mailbox to confirm that it is theirs. */
export const isConfirmationOpen = async (
  trx: Trx,
  of: { personId: string; email: string; now: Date },
): Promise<boolean> => {
  const row = await trx
    .selectFrom("private.confirmations")
    .select("id")
    .where("person_id", "=", of.personId)
    .where("email", "=", of.email)
    .where("used_at", "is", null)
    .where("expires_at", ">", of.now)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
};
