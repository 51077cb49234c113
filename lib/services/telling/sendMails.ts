/** Sends what is in the outbox. A mail server that is down delays mails, but no mail is lost. */
import { addSeconds } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import type { Mailer } from "#lib/platform/mailer.ts";
import { claimMail, eraseMailText, type Mail, recordMail } from "#lib/records/mails/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";

const LEASE_SECONDS = 60;
/** This makes about a day of tries, with pauses up to an hour. */
const MAX_ATTEMPTS = 30;

/** Sends all mails that are due. @returns how many were tried, including those that failed */
export async function sendMails(ctx: Context, mailer: Mailer): Promise<number> {
  for (let sent = 0; ; sent++) {
    const now = ctx.clock();
    const mail = await asService(ctx.db, (trx) =>
      claimMail(trx, now, addSeconds(now, LEASE_SECONDS)),
    );
    if (!mail) return sent;
    if (mail.text_body === null || mail.html_body === null) {
      // Somebody has put a mail back into the queue by hand.
      const error_detail = "Its text was erased";
      await asService(ctx.db, (trx) =>
        recordMail(trx, mail.id, { status: "failed", error_detail }),
      );
      continue;
    }
    try {
      await mailer.send({
        to: { address: mail.to_email, name: mail.to_name ?? "" },
        subject: mail.subject,
        text: mail.text_body,
        html: mail.html_body,
        calendar: calendarOf(mail),
        unsubscribeUrl: mail.unsubscribe_url,
        // A mail that is sent again after a crash keeps its id, so that mail programs show it once.
        messageId: `<${mail.id}@${new URL(ctx.config.appUrl).hostname}>`,
      });
      // In one transaction, so that a mail which counts as sent has no text left. A worker that dies before
      // it sends the mail again.
      await asService(ctx.db, async (trx) => {
        await recordMail(trx, mail.id, {
          status: "sent",
          sent_at: ctx.clock(),
          error_detail: null,
        });
        await eraseMailText(trx, mail.id);
      });
    } catch (error) {
      const isFinal = mail.attempts >= MAX_ATTEMPTS;
      const pause = Math.min(2 ** mail.attempts * 5, 3600);
      ctx.log.warn({ mailId: mail.id, err: error, isFinal }, "A mail could not be sent");
      await asService(ctx.db, (trx) =>
        recordMail(trx, mail.id, {
          status: isFinal ? "failed" : "queued",
          next_attempt_at: addSeconds(ctx.clock(), pause),
          error_detail: error instanceof Error ? error.message.slice(0, 300) : String(error),
        }),
      );
    }
  }
}

const calendarOf = ({ calendar_method: method, calendar_body: content }: Mail) =>
  method && content ? { method, content } : null;
