import { addLessons } from "#lib/services/bookings/addLessons.ts";
import { getBooking } from "#lib/services/bookings/listBookings.ts";
import { json, readJson, route } from "#server/http.ts";

export const POST = route(async ({ ctx, person, id, request }) => {
  const added = await addLessons(ctx, person, id, await readJson(request));
  return json({ ...(await getBooking(ctx, person, added.id)), sessionIds: added.sessionIds }, 201);
}, "tutor");
