/**
 * A "no, never" as its mailbox's owner sees it: signed in, with that address confirmed. Nobody else learns of it
 * here or can take it back.
 */
import { asService, type Trx } from "#lib/platform/db.ts";
import { lockMailbox, mailboxByHash, storeMailbox } from "#lib/records/asking/queries/mailboxes.ts";
import { mailboxOf, saidAfter, saysNever } from "#lib/records/asking/rules.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { requireConfirmed } from "#lib/services/verb/errors.ts";
import { hashOfMailbox, isMailboxKeyAtHand } from "./mailboxHash.ts";

export async function hasSaidNever(ctx: Context, trx: Trx, person: Person): Promise<boolean> {
  if (!person.isConfirmed || !(await isMailboxKeyAtHand(ctx, trx))) return false;
  const hash = await hashOfMailbox(ctx, trx, mailboxOf(person.email.toLowerCase()));
  const mailbox = await mailboxByHash(trx, hash);
  return mailbox !== undefined && saysNever(mailbox);
}

/**
 * Lets the mailbox be asked again. Whoever had a yes before has to ask anew. Idempotent.
 * @throws Refusal `address_unconfirmed`
 */
export async function takeNeverBack(ctx: Context, person: Person): Promise<void> {
  requireConfirmed(person);
  await asService(ctx.db, async (trx) => {
    const hash = await hashOfMailbox(ctx, trx, mailboxOf(person.email.toLowerCase()));
    await lockMailbox(trx, hash);
    const mailbox = await mailboxByHash(trx, hash);
    if (!mailbox || !saysNever(mailbox)) return;
    await storeMailbox(trx, hash, { lifted_at: saidAfter(mailbox, ctx.clock()) });
  });
}
