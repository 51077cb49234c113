/** A new password by a link that is mailed, for whoever can't sign in. */
import { sha256 } from "#lib/platform/crypto.ts";
import { asService, type Trx, transaction } from "#lib/platform/db.ts";
import { endSignIns, isResetOpen } from "#lib/records/people/queries/identity.ts";
import { isOnlyClaimed, lockPerson } from "#lib/records/people/queries/whole.ts";
import { personById } from "#lib/records/people/queries.ts";
import { admitMail } from "#lib/services/asking/admitMail.ts";
import { addressProved } from "#lib/services/students/claimLessons.ts";
import { mailPasswordChanged, mailPasswordReset } from "#lib/services/telling/accountMails.ts";
import { renewLinks } from "#lib/services/telling/renewLinks.ts";
import { type Counted, countUses, forgetCounted } from "#lib/services/verb/admit.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { endCredentials } from "./endCredentials.ts";

const resetsOf = (personId: string): Counted => ({ name: "resetMail", whose: personId });

/**
 * Mails the link, or nothing where that would be too much: the answer mustn't tell whether an account exists. The
 * owner of an account has a count that no other mail uses up. What somebody else may only have claimed counts
 * with all that strangers send to that mailbox.
 */
export const mailReset = (ctx: Context, personId: string, url: string): Promise<void> =>
  asService(ctx.db, async (trx) => {
    await lockPerson(trx, personId);
    const person = await personById(trx, personId);
    if (!person) return;
    const refused = isOnlyClaimed(person)
      ? await admitMail(ctx, trx, person.email, "reset")
      : (await countUses(ctx, trx, [resetsOf(personId)])).refusal;
    if (!refused) await mailPasswordReset(ctx, trx, personId, url);
  });

/**
 * Whether the link can still set a password. Opening it uses nothing up.
 * @param token what the link holds; sign-in's library writes its purpose before it
 */
export const mayReset = (ctx: Context, token: string): Promise<boolean> =>
  transaction(ctx.db, (trx) => isResetOpen(trx, sha256(`reset-password:${token}`), ctx.clock()));

/** A new password has ended the links that were mailed before it, so there must be room for another one. */
export const forgetResets = (ctx: Context, trx: Trx, personId: string): Promise<unknown> =>
  forgetCounted(ctx, trx, resetsOf(personId));

/** Once the new password stands. The link went to the mailbox, so whoever followed it has proved the address, too. */
export async function afterReset(
  ctx: Context,
  { id, email }: { id: string; email: string },
): Promise<void> {
  await transaction(ctx.db, async (trx) => {
    const isFirstProof = await addressProved(ctx, trx, { personId: id, email });
    await endCredentials(ctx, trx, id, { isFirstProof });
    // Again: a sign-in may have been on its way with the old password.
    await endSignIns(trx, id, null);
    await forgetResets(ctx, trx, id);
    await mailPasswordChanged(ctx, trx, id);
    // Who reads somebody's mail has their links, too. A guardian's went to another mailbox.
    await renewLinks(ctx, trx, id, ["student"]);
    // Others have used up the tries of this account: its owner, at a new browser, isn't to wait for that.
    await forgetCounted(ctx, trx, { name: "failedSignIn", whose: email });
  });
}
