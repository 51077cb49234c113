import type { Trx } from "#lib/platform/db.ts";
import { overdueByTutor } from "#lib/records/meetings/queries/overdue.ts";
import type { Context } from "#lib/services/verb/context.ts";

/** Tutors for whom work is due that no worker does. What waits for credentials isn't that. */
export const overdueTutors = (ctx: Context, trx: Trx) =>
  overdueByTutor(trx, {
    now: ctx.clock(),
    opensMinutesBefore: ctx.config.joinOpensMinutesBefore,
    providers: ctx.providers.all.map(({ id }) => id),
  });
