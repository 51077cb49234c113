/** Ends the links that somebody was sent so far. */
import type { Trx } from "#lib/platform/db.ts";
import { raiseLinkVersion } from "#lib/records/doors/queries.ts";
import { lessonsOfStudent } from "#lib/records/sessions/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { mailLinks } from "./linkMail.ts";
import { recipientsOf } from "./recipients.ts";

/** A student's links, and their guardian's. Both are sent new ones at once, in one mail each. */
export async function renewLinks(ctx: Context, trx: Trx, studentId: string): Promise<void> {
  const now = ctx.clock();
  for (const slot of ["student", "guardian"] as const) {
    await raiseLinkVersion(trx, { personId: studentId, slot, now });
  }
  const lessons = await lessonsOfStudent(trx, studentId, now);
  for (const to of await recipientsOf(ctx, trx, studentId)) await mailLinks(ctx, trx, to, lessons);
}
