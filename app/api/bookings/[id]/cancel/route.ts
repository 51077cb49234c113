import { cancelBooking } from "#lib/services/bookings/cancelBooking.ts";
import { getBooking } from "#lib/services/bookings/listBookings.ts";
import { json, route } from "#server/http.ts";

export const POST = route(async ({ ctx, person, id }) => {
  await cancelBooking(ctx, person, id);
  return json(await getBooking(ctx, person, id));
});
