import {
  calendarFeed,
  makeCalendarFeed,
  revokeCalendarFeed,
} from "#lib/services/telling/calendarFeed.ts";
import { json, noContent, route } from "#server/http.ts";

export const GET = route(async ({ ctx, person }) => json(await calendarFeed(ctx, person)));

export const POST = route(async ({ ctx, person }) =>
  json(await makeCalendarFeed(ctx, person), 201),
);

export const DELETE = route(async ({ ctx, person }) => {
  await revokeCalendarFeed(ctx, person);
  return noContent();
});
