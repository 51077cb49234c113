/** What every decision on a booking has in common: authorisation, locks and permitted states. */
import { asPerson, becomePerson, becomeService, type Trx } from "#lib/platform/db.ts";
import { bookingById, lockBooking } from "#lib/records/bookings/queries.ts";
import type { Booking, BookingStatus } from "#lib/records/bookings/rules.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { notFound, Refusal } from "#lib/services/verb/errors.ts";
import { asId } from "#lib/services/verb/input.ts";

/**
 * Runs `change` on the locked booking as the service role, after the person has been authorised.
 * @param may whether this person may decide this way, besides taking part in the booking
 * @throws Refusal `not_found`, `not_allowed` or `wrong_state`
 */
export function decideBooking<T>(
  ctx: Context,
  person: Person,
  bookingId: string,
  rule: { from: BookingStatus[]; may: (booking: Booking) => boolean },
  change: (trx: Trx, booking: Booking) => Promise<T>,
): Promise<T> {
  const actor = { personId: person.id };
  return asPerson(ctx.db, actor, async (trx) => {
    const seen = await bookingById(trx, asId(bookingId, "booking"));
    if (!seen) throw notFound("booking");
    await becomeService(trx);
    await lockTutor(trx, seen.tutor_id);
    await becomePerson(trx, actor);
    const booking = await lockBooking(trx, bookingId);
    if (!booking) throw notFound("booking");
    if (!rule.may(booking)) throw new Refusal("not_allowed", "otherSideDecides");
    if (!rule.from.includes(booking.status)) {
      throw new Refusal("wrong_state", `bookingIs.${booking.status}`);
    }
    await becomeService(trx);
    return change(trx, booking);
  });
}
