import { asService } from "#lib/platform/db.ts";
import { everySlot } from "#lib/records/doors/rules.ts";
import { renewLinks } from "#lib/services/telling/renewLinks.ts";
import { admit } from "#lib/services/verb/admit.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";

/**
 * For a student whose mail was read by somebody else.
 * @throws Refusal `not_allowed` for anybody else, who has no such links; `too_many`
 */
export const endMyLinks = (ctx: Context, person: Person): Promise<void> =>
  asService(ctx.db, async (trx) => {
    if (person.role !== "student") throw new Refusal("not_allowed", "onlyFor.student");
    await admit(ctx, trx, "newLinks", person.id);
    await renewLinks(ctx, trx, person.id, everySlot);
  });
