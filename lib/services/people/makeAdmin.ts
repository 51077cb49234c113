import { transaction } from "#lib/platform/db.ts";
import { endSignIns, holderOf } from "#lib/records/people/queries/identity.ts";
import { makePersonAdmin } from "#lib/records/people/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { notFound, Refusal } from "#lib/services/verb/errors.ts";

/**
 * Lets somebody whose address is confirmed do support. Only the command line and the demo call it. Idempotent.
 * They sign in anew: an earlier sign-in may be somebody else's.
 * @throws Refusal `not_found` if nobody has signed up with that address, `address_unconfirmed` if nobody has
 *   answered from there
 */
export async function makeAdmin(ctx: Context, email: string) {
  const address = email.toLowerCase();
  return transaction(ctx.db, async (trx) => {
    const holder = await holderOf(trx, address);
    if (!holder) throw notFound("account");
    // Anybody may have signed up with that address.
    const person = await makePersonAdmin(trx, address);
    if (!person) throw new Refusal("address_unconfirmed", "notTheirAddress");
    await endSignIns(trx, person.id, null);
    return person;
  });
}
