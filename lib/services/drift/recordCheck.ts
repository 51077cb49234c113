import { asService } from "#lib/platform/db.ts";
import { forgetEqualChecks, insertConnectionEvent } from "#lib/records/grants/queries/events.ts";
import { connectionOf } from "#lib/records/grants/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";
import type { LinkCheck } from "./views.ts";

/**
 * Keeps in the tutor's history that somebody had the links checked, and what came of it. However often they check, it
 * pushes nothing else out of the history.
 */
export const recordCheck = (ctx: Context, tutorId: string, counts: LinkCheck): Promise<void> =>
  asService(ctx.db, async (trx) => {
    const connection = await connectionOf(trx, tutorId);
    const checked = counts.checked - counts.unknown;
    // Where nobody answered, nothing was checked.
    if (!connection || checked === 0) return;
    const { provider, account_email } = connection;
    const { repaired } = counts;
    if (repaired === 0) await forgetEqualChecks(trx, tutorId);
    await insertConnectionEvent(trx, {
      tutor_id: tutorId,
      kind: "checked",
      provider,
      account_email,
      checked,
      repaired,
      at: ctx.clock(),
    });
  });
