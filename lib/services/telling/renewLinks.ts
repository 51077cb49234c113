/** Ends the links that somebody was sent so far. */
import type { Trx } from "#lib/platform/db.ts";
import { raiseLinkVersion } from "#lib/records/doors/queries.ts";
import type { Slot } from "#lib/records/doors/rules.ts";
import { lessonsOfStudent } from "#lib/records/sessions/queries.ts";
import { slotOf } from "#lib/services/keys/personalLinks.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { mailLinks } from "./linkMail.ts";
import { recipientsOf } from "./recipients.ts";

/**
 * Of these participants of a student's lessons, who are sent new ones at once, in one mail each. Without a lesson ahead
 * there is no link that opens anything.
 */
export async function renewLinks(
  ctx: Context,
  trx: Trx,
  studentId: string,
  slots: readonly Slot[],
): Promise<void> {
  const now = ctx.clock();
  const lessons = await lessonsOfStudent(trx, studentId, now);
  if (lessons.length === 0) return;
  for (const slot of slots) await raiseLinkVersion(trx, { personId: studentId, slot, now });
  for (const to of await recipientsOf(ctx, trx, studentId)) {
    if (slots.includes(slotOf(to))) await mailLinks(ctx, trx, to, lessons);
  }
}
