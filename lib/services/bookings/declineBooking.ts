import { updateBooking } from "#lib/records/bookings/queries.ts";
import { mailBookingDeclined } from "#lib/services/telling/bookingMails.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { parseInput } from "#lib/services/verb/input.ts";
import { keepMessage } from "#lib/services/verb/message.ts";
import { bookingDecisionInput } from "./cancelBooking.ts";
import { decideBooking } from "./decideBooking.ts";

/** The tutor declines a request; the student is notified. */
export function declineBooking(
  ctx: Context,
  person: Person,
  bookingId: string,
  body?: unknown,
): Promise<void> {
  const { message } = parseInput(bookingDecisionInput, body);
  const rule = {
    from: ["requested" as const],
    may: (booking: { tutor_id: string }) => booking.tutor_id === person.id,
  };
  return decideBooking(ctx, person, bookingId, rule, async (trx, booking) => {
    const now = ctx.clock();
    await updateBooking(trx, booking.id, { status: "declined", decided_at: now, updated_at: now });
    const text = await keepMessage(ctx, trx, {
      text: message,
      by: person.id,
      saidWith: "decline",
      bookingId: booking.id,
      sessionIds: null,
    });
    await mailBookingDeclined(ctx, trx, booking.id, text);
  });
}
