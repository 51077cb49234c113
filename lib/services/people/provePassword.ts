import { verifyPassword } from "#lib/platform/crypto.ts";
import { asService, type Trx, transaction } from "#lib/platform/db.ts";
import { lockedPasswordOf } from "#lib/records/people/queries/credentials.ts";
import { passwordOf } from "#lib/records/people/queries/identity.ts";
import { countUses, uncount } from "#lib/services/verb/admit.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";

/**
 * Runs a transaction in which the password is still the one that was proved, with the owner's role.
 * @throws Refusal like that for a wrong password
 */
export type StillProved = <T>(work: (trx: Trx) => Promise<T>) => Promise<T>;

/**
 * For what a left-open screen or a stolen cookie mustn't do. Only wrong passwords count.
 * @returns the way to do it. Comparing takes a while, and whoever knew a password that its owner has replaced in
 *   the meantime may do nothing with it any more.
 * @throws Refusal `invalid_input` with the field `password`, `too_many`
 */
export async function provePassword(
  ctx: Context,
  personId: string,
  given: string,
): Promise<StillProved> {
  // Counted before it is compared: tries that go on at the same time must not slip through.
  const counted = [{ name: "wrongPassword", whose: personId }] as const;
  const { ids, refusal } = await asService(ctx.db, (trx) => countUses(ctx, trx, counted));
  if (refusal) throw refusal;
  const kept = await transaction(ctx.db, (trx) => passwordOf(trx, personId));
  if (!kept || !(await verifyPassword(given, kept))) throw wrongPassword();
  await uncount(ctx, ids);
  return (work) =>
    transaction(ctx.db, async (trx) => {
      if ((await lockedPasswordOf(trx, personId)) !== kept) throw wrongPassword();
      return work(trx);
    });
}

const wrongPassword = () => new Refusal("invalid_input", "wrongPassword", { field: "password" });
