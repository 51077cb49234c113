import { endMeetings } from "#lib/records/meetings/queries.ts";
import { updateSession } from "#lib/records/sessions/queries.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { changeSession } from "./changing/changeSession.ts";

/** The tutor records that the student didn't come, which is possible only once the lesson has begun. */
export function markNoShow(ctx: Context, person: Person, sessionId: string): Promise<void> {
  const rule = { from: ["JOIN_OPEN" as const, "COMPLETED" as const], tutorOnly: true };
  return changeSession(ctx, person, sessionId, rule, async (trx, session) => {
    const now = ctx.clock();
    if (session.scheduled_start_at > now) {
      throw new Refusal("wrong_state", "notBegun");
    }
    await updateSession(trx, session, { status: "NO_SHOW", updated_at: now });
    await endMeetings(trx, [session.id], now);
  });
}
