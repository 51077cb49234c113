/** A create whose answer was lost may land after everybody has stopped looking for it. */
import { addMinutes } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import { awaitingStrayLook, moveStrayLook } from "#lib/records/meetings/queries/orphans.ts";
import { nextStrayLook } from "#lib/records/meetings/rules.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import type { Context } from "#lib/services/context.ts";
import { findStrays, type GrantLook } from "./findOrphans.ts";

/** A look that can't be made with the tutor's present tokens. */
const MUCH_LATER_MINUTES = 60;

export interface LateLook {
  /** Accounts were looked through: there may be something to do now. */
  looked: boolean;
  /** When the next look is due; null: none is waited for. */
  nextAt: Date | null;
}

/**
 * Looks through the accounts of rows whose date has come. The date moves only after the look, so a crash
 * in between repeats it; a failed look comes again, unless nothing can be asked with its grant any more.
 */
export async function lookLate(ctx: Context, tutorId: string): Promise<LateLook> {
  const waiting = await asService(ctx.db, (trx) => awaitingStrayLook(trx, tutorId));
  const now = ctx.clock();
  const due = waiting.filter((row) => row.stray_look_at <= now);
  if (due.length === 0) return { looked: false, nextAt: waiting[0]?.stray_look_at ?? null };
  const grantIds = new Set(due.flatMap((row) => row.grant_id ?? []));
  const { grants } = await findStrays(ctx, tutorId, grantIds);
  const looks = new Map(grants.map((look) => [look.grantId, look]));
  for (const row of due) {
    const change = after(row, looks.get(row.grant_id ?? ""), ctx.clock());
    await asService(ctx.db, async (trx) => {
      await lockTutor(trx, tutorId);
      await moveStrayLook(trx, row, change);
    });
  }
  return { looked: true, nextAt: null };
}

function after(row: { stray_looks: number }, look: GrantLook | undefined, now: Date) {
  if (look?.looked) return nextStrayLook(row, now);
  // The tutor's own connection may be of use again; a replaced one won't.
  const muchLater = look?.current ? addMinutes(now, MUCH_LATER_MINUTES) : null;
  return { stray_look_at: look?.error?.again ?? muchLater };
}
