import { z } from "zod";
import type { Trx } from "#lib/platform/db.ts";
import { supersedeLive } from "#lib/records/meetings/queries.ts";
import { closeRequests } from "#lib/records/sessions/queries/changeRequests.ts";
import { updateSession } from "#lib/records/sessions/queries.ts";
import type { Session } from "#lib/records/sessions/rules.ts";
import { mailCancelled } from "#lib/services/telling/sessionMails.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { parseInput } from "#lib/services/verb/input.ts";
import { keepMessage, messageField } from "#lib/services/verb/message.ts";
import { changeSession } from "./changing/changeSession.ts";
import { lessonsInScope, scopeField } from "./changing/series.ts";
import { refuseTooLate } from "./refuseTooLate.ts";

export const cancelInput = z.object({ scope: scopeField, message: messageField }).prefault({});

/**
 * Either side calls a lesson off, and the tutor with a scope several of its booking; their rooms are deleted at the
 * provider. A student can until the time before the start that the tutor has set.
 */
export function cancelSession(
  ctx: Context,
  person: Person,
  sessionId: string,
  body?: unknown,
): Promise<void> {
  const { scope, message } = parseInput(cancelInput, body);
  const rule = { from: ["SCHEDULED" as const, "JOIN_OPEN" as const], tutorOnly: scope !== "one" };
  return changeSession(ctx, person, sessionId, rule, async (trx, session) => {
    await refuseTooLate(ctx, trx, person, [session]);
    const lessons = await lessonsInScope(ctx, trx, session, scope);
    for (const lesson of lessons) await cancelLocked(trx, lesson, ctx.clock());
    const sessionIds = lessons.map(({ id }) => id);
    const text = await keepMessage(ctx, trx, {
      text: message,
      by: person.id,
      saidWith: "cancel",
      bookingId: session.booking_id,
      sessionIds,
    });
    await mailCancelled(ctx, trx, { sessionIds, by: person.id, message: text });
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
  await closeRequests(trx, session.id, now);
  await supersedeLive(trx, session.id, now, now);
}
