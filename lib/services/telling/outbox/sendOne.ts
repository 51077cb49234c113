import type { Trx } from "#lib/platform/db.ts";
import { asService } from "#lib/platform/db.ts";
import type { Mailer } from "#lib/platform/mail/mailer.ts";
import { MailError } from "#lib/platform/mail/mailTrouble.ts";
import { forgetRefused } from "#lib/records/mails/queries/refused.ts";
import { eraseMailText, hurryMails, type Mail, recordMail } from "#lib/records/mails/queries.ts";
import { nextAttempt } from "#lib/records/mails/rules.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { tellOfRefusal } from "./tellOfRefusal.ts";

const WORDS_KEPT = 300;
/** Whoever can't record that a mail was sent sends it again, so a database that restarts is waited for. */
const DATABASE_PAUSES_MS = [1_000, 5_000, 20_000];

/** One attempt at a mail that was claimed, and what came of it. `host`: see `uidHost`. */
export async function sendOne(
  ctx: Context,
  mailer: Mailer,
  mail: Mail,
  host: string,
): Promise<void> {
  if (mail.text_body === null || mail.html_body === null) {
    // Somebody has put a mail back into the queue by hand.
    const error_detail = "Its text was erased";
    await record(ctx, (trx) =>
      recordMail(trx, mail, { status: "failed", error_code: "unknown", error_detail }),
    );
    return;
  }
  const { calendar_method: method, calendar_body: content } = mail;
  try {
    await mailer.send({
      to: { address: mail.to_email, name: mail.to_name ?? "" },
      subject: mail.subject,
      text: mail.text_body,
      html: mail.html_body,
      calendar: method && content ? { method, content } : null,
      unsubscribeUrl: mail.unsubscribe_url,
      // A mail that is sent again after a crash keeps its id, so that mail programs show it once.
      messageId: `<${mail.id}@${host}>`,
    });
  } catch (error) {
    await record(ctx, (trx) => recordFailure(ctx, trx, mail, error));
    return;
  }
  // In one transaction, so that a mail which counts as sent has no text left. A worker that dies before
  // it sends the mail again.
  await record(ctx, async (trx) => {
    const now = ctx.clock();
    await recordMail(trx, mail, {
      status: "sent",
      sent_at: now,
      error_code: null,
      error_detail: null,
    });
    await eraseMailText(trx, mail.id);
    await forgetRefused(trx, mail.to_email);
    if (mail.error_code === "away" || mail.error_code === "server") await hurryMails(trx, now);
  });
}

/** It couldn't be looked at again, by a fault of ours: it counts as tried, and others have their turn. */
export function putOff(ctx: Context, mail: Mail, error: unknown): Promise<void> {
  const now = ctx.clock();
  const next = nextAttempt(mail, "unknown", now);
  ctx.log.error({ mailId: mail.id, err: error }, "A mail could not be looked at again");
  return record(ctx, (trx) =>
    recordMail(trx, mail, {
      status: next === null ? "failed" : "queued",
      next_attempt_at: next ?? now,
      error_code: "unknown",
      error_detail: null,
    }),
  );
}

async function recordFailure(ctx: Context, trx: Trx, mail: Mail, error: unknown): Promise<void> {
  const now = ctx.clock();
  const trouble = error instanceof MailError ? error.trouble : "away";
  const words = error instanceof Error ? error.message : String(error);
  const next = nextAttempt(mail, trouble, now);
  const isFinal = next === null;
  ctx.log.warn({ mailId: mail.id, trouble, err: error, isFinal }, "A mail could not be sent");
  await recordMail(trx, mail, {
    status: isFinal ? "failed" : "queued",
    next_attempt_at: next ?? now,
    error_code: trouble,
    error_detail: words.slice(0, WORDS_KEPT),
  });
  if (trouble === "address") await tellOfRefusal(ctx, trx, mail, words.slice(0, WORDS_KEPT));
}

async function record(ctx: Context, work: (trx: Trx) => Promise<unknown>): Promise<void> {
  for (const pause of DATABASE_PAUSES_MS) {
    try {
      await asService(ctx.db, work);
      return;
    } catch (error) {
      ctx.log.warn({ err: error }, "What came of a mail has to wait for the database");
      await ctx.sleep(pause);
    }
  }
  await asService(ctx.db, work);
}
