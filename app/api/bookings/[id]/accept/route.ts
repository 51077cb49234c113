import { acceptBooking } from "#lib/services/bookings/acceptBooking.ts";
import { getBooking } from "#lib/services/bookings/listBookings.ts";
import { json, route } from "#server/http.ts";

export const POST = route(async ({ ctx, person, id }) => {
  const { sessionIds } = await acceptBooking(ctx, person, id);
  return json({ ...(await getBooking(ctx, person, id)), sessionIds });
}, "tutor");
