import { updateBooking } from "#lib/records/bookings/queries.ts";
import { mailBookingDeclined } from "#lib/services/telling/bookingMails.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { decideBooking } from "./decideBooking.ts";

/** The tutor declines a request; the student is notified. */
export function declineBooking(ctx: Context, person: Person, bookingId: string): Promise<void> {
  const rule = {
    from: ["requested" as const],
    may: (booking: { tutor_id: string }) => booking.tutor_id === person.id,
  };
  return decideBooking(ctx, person, bookingId, rule, async (trx, booking) => {
    const now = ctx.clock();
    await updateBooking(trx, booking.id, { status: "declined", decided_at: now, updated_at: now });
    await mailBookingDeclined(ctx, trx, booking.id);
  });
}
