/** Bounds what one mailbox gets on the doing of people who needn't be its owner. */
import type { Trx } from "#lib/platform/db.ts";
import { mailboxOf } from "#lib/records/asking/rules.ts";
import { type Counted, countUses } from "#lib/services/verb/admit.ts";
import type { Context } from "#lib/services/verb/context.ts";
import type { Refusal } from "#lib/services/verb/errors.ts";

/** again: "send again", of whatever kind. */
export type StrangersMail =
  | "confirmation"
  | "change"
  | "reset"
  | "guardian"
  | "invitation"
  | "again";

/** What one person may have sent to however many mailboxes. */
const ofAsker = {
  guardian: "guardianAsked",
  invitation: "studentsAsked",
  change: "addressAsked",
} as const;

/**
 * Call it before every mail to an address whose owner may not have asked for it, in the transaction that
 * writes the mail. All kinds share ONE count for each mailbox (`limits.strangersMail`), so that no verb is a
 * way around another one's limit. Mails about lessons that people agreed on, and about an account to its owner,
 * don't come here.
 *
 * @param asker the person whose doing it is, where one is signed in: of a guardian's ask, the student; of an invitation,
 * the tutor; of a change, whose address it is to become
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
  if (asker && isOfAsker(kind)) {
    counted.push({ name: ofAsker[kind], whose: asker });
  }
  const { refusal } = await countUses(ctx, trx, counted);
  return refusal;
}

const isOfAsker = (kind: StrangersMail): kind is keyof typeof ofAsker => kind in ofAsker;
