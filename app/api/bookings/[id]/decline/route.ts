import { declineBooking } from "#lib/services/bookings/declineBooking.ts";
import { getBooking } from "#lib/services/bookings/listBookings.ts";
import { json, route } from "#server/http.ts";

export const POST = route(async ({ ctx, person, id }) => {
  await declineBooking(ctx, person, id);
  return json(await getBooking(ctx, person, id));
}, "tutor");
