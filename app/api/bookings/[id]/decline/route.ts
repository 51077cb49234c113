import { declineBooking } from "#lib/services/bookings/declineBooking.ts";
import { getBooking } from "#lib/services/bookings/listBookings.ts";
import { json, readJson, route } from "#server/http.ts";

export const POST = route(async ({ ctx, person, id, request }) => {
  await declineBooking(ctx, person, id, await readJson(request));
  return json(await getBooking(ctx, person, id));
}, "tutor");
