import type { Trx } from "#lib/platform/db.ts";
import { supersedeLive } from "#lib/records/meetings/queries.ts";
import { updateSession } from "#lib/records/sessions/queries.ts";
import type { Session } from "#lib/records/sessions/rules.ts";
import { mailSessionCancelled } from "#lib/services/telling/sessionMails.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { changeSession } from "./changeSession.ts";

/** Either side calls a lesson off; its room is deleted at the provider. */
export function cancelSession(ctx: Context, person: Person, sessionId: string): Promise<void> {
  const rule = { from: ["SCHEDULED" as const, "JOIN_OPEN" as const], tutorOnly: false };
  return changeSession(ctx, person, sessionId, rule, async (trx, session) => {
    await cancelLocked(trx, session, ctx.clock());
    await mailSessionCancelled(ctx, trx, session.id, person.id);
    await ctx.nudge(trx, session.tutor_id);
  });
}

/** Must run within a transaction that holds the tutor's lock, after the person has been authorised. */
export async function cancelLocked(trx: Trx, session: Session, now: Date): Promise<void> {
  await updateSession(trx, session, {
    status: "CANCELLED",
    revision: session.revision + 1,
    calendar_sequence: session.calendar_sequence + 1,
    updated_at: now,
  });
  await supersedeLive(trx, session.id, now, now);
}
