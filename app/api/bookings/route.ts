import { getBooking, listBookings } from "#lib/services/bookings/listBookings.ts";
import { requestBooking } from "#lib/services/bookings/requestBooking.ts";
import { json, readJson, route } from "#server/http.ts";

export const GET = route(async ({ ctx, person }) => json(await listBookings(ctx, person)));

export const POST = route(async ({ ctx, person, request }) => {
  const { id } = await requestBooking(ctx, person, await readJson(request));
  return json(await getBooking(ctx, person, id), 201);
}, "student");
