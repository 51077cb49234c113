import { z } from "zod";
import { addMinutes } from "#lib/platform/clock.ts";
import { hastenUpdate } from "#lib/records/meetings/queries.ts";
import { overlapping, updateSession } from "#lib/records/sessions/queries.ts";
import { opensAt } from "#lib/records/sessions/rules.ts";
import { mailSessionRescheduled } from "#lib/services/telling/sessionMails.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { overlap, Refusal } from "#lib/services/verb/errors.ts";
import { instant, parseInput } from "#lib/services/verb/input.ts";
import { changeSession } from "./changeSession.ts";

export const rescheduleInput = z.object({ startsAt: instant });

/** The tutor moves a lesson to another time. It keeps its length, and its room gets the new time. */
export function rescheduleSession(
  ctx: Context,
  person: Person,
  sessionId: string,
  body: unknown,
): Promise<void> {
  const { startsAt } = parseInput(rescheduleInput, body);
  const rule = { from: ["SCHEDULED" as const, "JOIN_OPEN" as const], tutorOnly: true };
  return changeSession(ctx, person, sessionId, rule, async (trx, session) => {
    const now = ctx.clock();
    // Saved without a change: nobody has to hear of it.
    if (startsAt.getTime() === session.scheduled_start_at.getTime()) return;
    if (startsAt <= now) throw new Refusal("in_the_past", "inThePast", { field: "startsAt" });
    const endsAt = addMinutes(startsAt, session.duration_minutes);
    const span = { tutorId: session.tutor_id, from: startsAt, to: endsAt, exceptId: session.id };
    if (await overlapping(trx, span)) throw overlap();
    const isOpen = opensAt(startsAt, ctx.config.joinOpensMinutesBefore) <= now;
    await updateSession(trx, session, {
      scheduled_start_at: startsAt,
      scheduled_end_at: endsAt,
      status: isOpen ? "JOIN_OPEN" : "SCHEDULED",
      revision: session.revision + 1,
      calendar_sequence: session.calendar_sequence + 1,
      rescheduled_at: now,
      updated_at: now,
    });
    await hastenUpdate(trx, session.id, now);
    await mailSessionRescheduled(ctx, trx, session.id, session.scheduled_start_at);
    await ctx.nudge(trx, session.tutor_id);
  });
}
