/** Bounds what one mailbox gets on the doing of people who needn't be its owner. */
import type { Trx } from "#lib/platform/db.ts";
import { mailboxOf } from "#lib/records/asking/rules.ts";
import { KEPT_FOR_RESETS } from "#lib/records/limits/rules.ts";
import { type Counted, countUses } from "#lib/services/verb/admit.ts";
import type { Context } from "#lib/services/verb/context.ts";
import type { Refusal } from "#lib/services/verb/errors.ts";

/** again: "send again", of whatever kind. */
export type StrangersMail = "confirmation" | "reset" | "guardian" | "invitation" | "again";

/**
 * Call it before every mail to an address whose owner may not have asked for it, in the transaction that
 * writes the mail. All kinds share ONE count for each mailbox (`limits.strangersMail`), so that no verb is a
 * way around another one's limit. A part of each day's is kept for resets. Mails about lessons that people
 * agreed on, and about an account to its confirmed owner, don't come here.
 *
 * @param asker the person whose doing it is, where one is signed in: of a guardian's ask, the student
 * @returns null: write the mail, it is counted. Otherwise write none. Throw the refusal where the person who
 * asks knows the address anyway; swallow it where the answer mustn't tell whether an account exists.
 */
export async function admitMail(
  ctx: Context,
  trx: Trx,
  email: string,
  kind: StrangersMail,
  asker?: string,
): Promise<Refusal | null> {
  const counted: Counted[] = [{ name: "strangersMail", whose: mailboxOf(email.toLowerCase()) }];
  if (kind === "guardian" && asker) counted.push({ name: "guardianAsked", whose: asker });
  const spare = kind === "reset" ? 0 : KEPT_FOR_RESETS;
  const { refusal } = await countUses(ctx, trx, counted, { spareOf: "strangersMail", spare });
  return refusal;
}
