import type { Trx } from "#lib/platform/db.ts";
import type { AskOf } from "#lib/records/asking/rules.ts";
import { lessonsOfStudent } from "#lib/records/sessions/queries.ts";
import { mailLinksTo } from "#lib/services/telling/renewLinks.ts";
import type { Context } from "#lib/services/verb/context.ts";

/** To an address that has agreed: its links to all lessons ahead, since nothing went there before. */
export async function sendFirstLinks(ctx: Context, trx: Trx, of: AskOf): Promise<void> {
  const { askerId, kind, studentId } = of;
  const ahead = await lessonsOfStudent(trx, studentId ?? askerId, ctx.clock());
  const own = studentId === null ? ahead : ahead.filter(({ tutor_id: id }) => id === askerId);
  await mailLinksTo(ctx, trx, [kind], own);
}
