import { verifyPassword } from "#lib/platform/crypto.ts";
import { asService, transaction } from "#lib/platform/db.ts";
import { passwordOf } from "#lib/records/people/queries/identity.ts";
import { countUses, uncount } from "#lib/services/verb/admit.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";

/**
 * For what a left-open screen or a stolen cookie mustn't do. Only wrong passwords count.
 * @throws Refusal `invalid_input` with the field `password`, `too_many`
 */
export async function provePassword(ctx: Context, personId: string, given: string): Promise<void> {
  // Counted before it is compared: tries that go on at the same time must not slip through.
  const counted = [{ name: "wrongPassword", whose: personId }] as const;
  const { ids, refusal } = await asService(ctx.db, (trx) => countUses(ctx, trx, counted));
  if (refusal) throw refusal;
  const kept = await transaction(ctx.db, (trx) => passwordOf(trx, personId));
  if (!kept || !(await verifyPassword(given, kept))) {
    throw new Refusal("invalid_input", "wrongPassword", { field: "password" });
  }
  await uncount(ctx, ids);
}
