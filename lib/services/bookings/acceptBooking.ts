/** The tutor accepts, and the lessons are made. */
import { plainZone } from "#lib/platform/localTime.ts";
import { wallClockColumns, zoneAsKept } from "#lib/platform/zones/wallClock.ts";
import { updateBooking } from "#lib/records/bookings/queries.ts";
import { firstStart } from "#lib/records/bookings/rules.ts";
import { connectionOf } from "#lib/records/grants/queries.ts";
import { mailBookingAccepted } from "#lib/services/telling/bookingMails.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { noVideoProvider, Refusal } from "#lib/services/verb/errors.ts";
import { decideBooking } from "./decideBooking.ts";
import { makeLessons } from "./makeLessons.ts";

/** @returns the ids of the lessons made, soonest first */
export function acceptBooking(
  ctx: Context,
  person: Person,
  bookingId: string,
): Promise<{ sessionIds: string[] }> {
  const rule = {
    from: ["requested" as const],
    may: (booking: { tutor_id: string }) => booking.tutor_id === person.id,
  };
  return decideBooking(ctx, person, bookingId, rule, async (trx, booking) => {
    const connection = await connectionOf(trx, booking.tutor_id);
    if (!connection || connection.connection_status === "disconnected") throw noVideoProvider();
    const now = ctx.clock();
    const { time_zone: name, repeat_weekly: weeks } = booking;
    if (weeks > 1 && !ctx.zoneRules(name)) {
      throw new Refusal("unavailable", "unknownZone", { zone: plainZone(name) });
    }
    const zone = zoneAsKept(ctx.zoneRules, booking);
    const first = firstStart(booking, zone);
    if (first <= now) {
      throw new Refusal("in_the_past", "firstInThePast");
    }
    const sessionIds = await makeLessons(ctx, trx, booking, { first, zone, field: "startsAt" });
    await updateBooking(trx, booking.id, {
      status: "accepted",
      starts_at: first,
      ...wallClockColumns(first, zone),
      decided_at: now,
      updated_at: now,
    });
    await mailBookingAccepted(ctx, trx, booking.id, sessionIds);
    await ctx.nudge(trx, booking.tutor_id);
    return { sessionIds };
  });
}
