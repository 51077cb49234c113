/** What an account may not do, and what becomes of it, until its mailbox has answered. */
import { addDays } from "#lib/platform/clock.ts";
import { asService, transaction } from "#lib/platform/db.ts";
import { ROUND_SECONDS } from "#lib/platform/patience.ts";
import { dropExpiredConfirmations } from "#lib/records/people/queries/confirmations.ts";
import { holderOf } from "#lib/records/people/queries/identity.ts";
import {
  deletePerson,
  isInTheWay,
  mayVanish,
  unconfirmedSince,
} from "#lib/records/people/queries/whole.ts";
import { admitMail } from "#lib/services/asking/admitMail.ts";
import { addressProved } from "#lib/services/students/claimLessons.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { notFound } from "#lib/services/verb/errors.ts";
import { oneByOne } from "#lib/services/verb/oneByOne.ts";
import { CONFIRM_WITHIN_DAYS } from "./askToConfirm.ts";

/**
 * Somebody signs up with an address whose holder never proved it: that account makes room, unless something
 * hangs on it or it was made before anybody was asked. Otherwise the owner would confirm a stranger's account.
 * It goes only where the mailbox can be asked about the new one, so that nobody deletes it again and again.
 * @returns whether the mail to the mailbox is admitted already
 * @throws Refusal `too_many`
 */
export async function makeRoomFor(ctx: Context, email: string): Promise<boolean> {
  return transaction(ctx.db, async (trx) => {
    const holder = await holderOf(trx, email);
    if (!holder || !(await isInTheWay(trx, holder))) return false;
    const refused = await admitMail(ctx, trx, email, "confirmation");
    if (refused) throw refused;
    await deletePerson(trx, holder.id);
    return true;
  });
}

/** Removes the accounts that were never confirmed in time and on which nothing hangs. @returns how many */
export async function removeUnconfirmed(ctx: Context): Promise<number> {
  const since = addDays(ctx.clock(), -CONFIRM_WITHIN_DAYS);
  const ids = await asService(ctx.db, (trx) => unconfirmedSince(trx, since));
  let removed = 0;
  const round = { what: "an unconfirmed account", nameOf: String, seconds: ROUND_SECONDS };
  await oneByOne(ctx, ids, round, async (id) => {
    removed += await transaction(ctx.db, async (trx) => {
      if (!(await mayVanish(trx, id, { unconfirmed: true }))) return 0;
      await deletePerson(trx, id);
      return 1;
    });
  });
  await asService(ctx.db, (trx) => dropExpiredConfirmations(trx, ctx.clock()));
  return removed;
}

/**
 * For operators without mail, and for tests: what an answer from the mailbox would do. Idempotent.
 * @throws Refusal `not_found` if nobody has signed up with that address
 */
export async function confirmByHand(ctx: Context, email: string) {
  const address = email.toLowerCase();
  return transaction(ctx.db, async (trx) => {
    const holder = await holderOf(trx, address);
    if (!holder) throw notFound("account");
    await addressProved(ctx, trx, { personId: holder.id, email: address });
    return { id: holder.id, email: address, confirmed: true };
  });
}
