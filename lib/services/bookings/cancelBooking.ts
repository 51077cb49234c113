import { z } from "zod";
import { updateBooking } from "#lib/records/bookings/queries.ts";
import { futureSessions } from "#lib/records/sessions/queries.ts";
import { cancelLocked } from "#lib/services/sessions/cancelSession.ts";
import { refuseTooLate } from "#lib/services/sessions/refuseTooLate.ts";
import { mailBookingCancelled } from "#lib/services/telling/bookingMails.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { parseInput } from "#lib/services/verb/input.ts";
import { keepMessage, messageField } from "#lib/services/verb/message.ts";
import { decideBooking } from "./decideBooking.ts";

/** What can be said with a decision on a booking. */
export const bookingDecisionInput = z.object({ message: messageField }).prefault({});

/**
 * Either side withdraws a request, or calls off all of its lessons that are still to come. A student can as long as
 * each of them may be cancelled by them.
 * @throws Refusal `wrong_state` where none of its lessons is still to come
 */
export function cancelBooking(
  ctx: Context,
  person: Person,
  bookingId: string,
  body?: unknown,
): Promise<void> {
  const { message } = parseInput(bookingDecisionInput, body);
  const rule = { from: ["requested" as const, "accepted" as const], may: () => true };
  return decideBooking(ctx, person, bookingId, rule, async (trx, booking) => {
    const now = ctx.clock();
    const future = await futureSessions(trx, booking.tutor_id, now);
    const lessons = future.filter(({ booking_id }) => booking_id === booking.id);
    if (booking.status === "accepted" && lessons.length === 0) {
      throw new Refusal("wrong_state", "nothingToCancel");
    }
    await refuseTooLate(ctx, trx, person, lessons);
    for (const session of lessons) await cancelLocked(trx, session, now);
    await updateBooking(trx, booking.id, { status: "cancelled", decided_at: now, updated_at: now });
    const text = await keepMessage(ctx, trx, {
      text: message,
      by: person.id,
      saidWith: "cancel",
      bookingId: booking.id,
      sessionIds: null,
    });
    await mailBookingCancelled(ctx, trx, booking.id, {
      by: person.id,
      sessionIds: lessons.map(({ id }) => id),
      message: text,
    });
    await ctx.nudge(trx, booking.tutor_id);
  });
}
