import { asService } from "#lib/platform/db.ts";
import { makePersonAdmin } from "#lib/records/people/queries.ts";
import type { Context } from "#lib/services/context.ts";
import { notFound } from "#lib/services/errors.ts";

/**
 * Lets somebody who has signed up do support. Only the command line and the demo call it. Idempotent.
 * @throws Refusal `not_found` if nobody has signed up with that address
 */
export async function makeAdmin(ctx: Context, email: string) {
  const person = await asService(ctx.db, (trx) => makePersonAdmin(trx, email.toLowerCase()));
  if (!person) throw notFound("account");
  return person;
}
