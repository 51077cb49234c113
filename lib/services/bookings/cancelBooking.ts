import { updateBooking } from "#lib/records/bookings/queries.ts";
import { futureSessions } from "#lib/records/sessions/queries.ts";
import { cancelLocked } from "#lib/services/sessions/cancelSession.ts";
import { mailBookingCancelled } from "#lib/services/telling/bookingMails.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { decideBooking } from "./decideBooking.ts";

/** Either side withdraws a request, or calls off all of its lessons that are still to come. */
export function cancelBooking(ctx: Context, person: Person, bookingId: string): Promise<void> {
  const rule = { from: ["requested" as const, "accepted" as const], may: () => true };
  return decideBooking(ctx, person, bookingId, rule, async (trx, booking) => {
    const now = ctx.clock();
    const future = await futureSessions(trx, booking.tutor_id, now);
    const lessons = future.filter(({ booking_id }) => booking_id === booking.id);
    for (const session of lessons) await cancelLocked(trx, session, now);
    await updateBooking(trx, booking.id, { status: "cancelled", decided_at: now, updated_at: now });
    await mailBookingCancelled(ctx, trx, booking.id, {
      by: person.id,
      sessionIds: lessons.map(({ id }) => id),
    });
    await ctx.nudge(trx, booking.tutor_id);
  });
}
