import { addMinutes } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import * as mails from "#lib/records/mails/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";

/** Long enough for an operator who mends the mail server to have them sent after all. */
const KEEP_FAILED_DAYS = 7;

/**
 * Erases the texts of mails that failed for good a while ago, and of any mail that counts as sent and has its
 * text still, for example because somebody changed its status by hand. Idempotent.
 */
export async function eraseMailTexts(ctx: Context): Promise<void> {
  const failedBefore = addMinutes(ctx.clock(), -KEEP_FAILED_DAYS * 24 * 60);
  await asService(ctx.db, (trx) => mails.eraseMailTexts(trx, failedBefore));
}
