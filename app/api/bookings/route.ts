import { getBooking, listBookings } from "#lib/services/bookings/listBookings.ts";
import { requestBooking } from "#lib/services/bookings/requestBooking.ts";
import { pageBy } from "#lib/services/verb/page.ts";
import { json, paged, readJson, route } from "#server/http.ts";

export const GET = route((call) =>
  paged(call, pageBy.instant, (page) => listBookings(call.ctx, call.person, page)),
);

export const POST = route(async ({ ctx, person, request }) => {
  const { id } = await requestBooking(ctx, person, await readJson(request));
  return json(await getBooking(ctx, person, id), 201);
}, "student");
