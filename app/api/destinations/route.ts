import { destinations } from "#lib/services/sessions/destinations.ts";
import { json, route } from "#server/http.ts";

export const GET = route(async ({ ctx, person }) => json(await destinations(ctx, person)));
