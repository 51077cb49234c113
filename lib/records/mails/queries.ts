import { type Insertable, type Selectable, sql } from "kysely";
import type { Mails } from "#lib/platform/database.types.ts";
import type { Queryable, Trx } from "#lib/platform/db.ts";

export type Mail = Selectable<Mails>;

export const insertMail = (trx: Trx, mail: Insertable<Mails>) =>
  trx.insertInto("mails").values(mail).execute();

/**
 * Takes the oldest due mail for one attempt. No other worker can take it before `until`. If a worker dies
 * after sending the mail and before recording it, the mail is sent again.
 */
export const claimMail = (trx: Trx, now: Date, until: Date): Promise<Mail | undefined> =>
  trx
    .updateTable("mails")
    .set({ attempts: sql`attempts + 1`, next_attempt_at: until })
    .where("id", "=", (eb) =>
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
    .returningAll()
    .executeTakeFirst();

export const recordMail = (
  trx: Trx,
  id: string,
  change: Pick<Mail, "status"> &
    Partial<Pick<Mail, "sent_at" | "next_attempt_at" | "error_detail" | "unsubscribe_url">>,
) => trx.updateTable("mails").set(change).where("id", "=", id).execute();

/** The mails to these addresses, sent or queued, newest first and without their texts. */
export const mailsTo = (q: Queryable, emails: string[], limit: number) =>
  q
    .selectFrom("mails")
    .select([
      "id",
      "to_email",
      "subject",
      "status",
      "attempts",
      "created_at",
      "sent_at",
      "error_detail",
    ])
    .where("to_email", "in", emails)
    .orderBy("created_at", "desc")
    .limit(limit)
    .execute();
