import type { Trx } from "#lib/platform/db.ts";
import type { AskOf } from "#lib/records/asking/rules.ts";
import { lessonsOfStudent } from "#lib/records/sessions/queries.ts";
import { mailLinksTo } from "#lib/services/telling/renewLinks.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { claimAgreed } from "./claimLessons.ts";

/**
 * An address has agreed, by its answer or by one that it gave before: it is sent its links to all lessons ahead, since
 * nothing went there before, and lessons of somebody with an account stand in that. Call it under the asker's lock.
 * @returns whose lessons they are then
 */
export async function hasAgreed(
  ctx: Context,
  trx: Trx,
  of: AskOf & { email: string },
): Promise<string> {
  const claimed = await claimAgreed(ctx, trx, of);
  const studentId = claimed.studentId ?? of.askerId;
  if (claimed.isMailed) return studentId;
  const ahead = await lessonsOfStudent(trx, studentId, ctx.clock());
  const own = of.kind === "guardian" ? ahead : ahead.filter((one) => one.tutor_id === of.askerId);
  await mailLinksTo(ctx, trx, [of.kind], own);
  return studentId;
}
