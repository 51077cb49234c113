/** Ends the links that somebody was sent so far. */
import { asService, type Trx } from "#lib/platform/db.ts";
import { raiseLinkVersion } from "#lib/records/doors/queries.ts";
import { lessonsOfStudent } from "#lib/records/sessions/queries.ts";
import { mailLinks } from "#lib/services/telling/linkMail.ts";
import { recipientsOf } from "#lib/services/telling/recipients.ts";
import { admit } from "#lib/services/verb/admit.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";

/** A student's links, and their guardian's. Both are sent new ones at once, in one mail each. */
export async function renewLinks(ctx: Context, trx: Trx, studentId: string): Promise<void> {
  const now = ctx.clock();
  for (const slot of ["student", "guardian"] as const) {
    await raiseLinkVersion(trx, { personId: studentId, slot, now });
  }
  const lessons = await lessonsOfStudent(trx, studentId, now);
  for (const to of await recipientsOf(ctx, trx, studentId)) await mailLinks(ctx, trx, to, lessons);
}

/**
 * For a student whose mail was read by somebody else.
 * @throws Refusal `not_allowed` for anybody else, who has no such links; `too_many`
 */
export const endMyLinks = (ctx: Context, person: Person): Promise<void> =>
  asService(ctx.db, async (trx) => {
    if (person.role !== "student") throw new Refusal("not_allowed", "onlyFor.student");
    await admit(ctx, trx, "newLinks", person.id);
    await renewLinks(ctx, trx, person.id);
  });
