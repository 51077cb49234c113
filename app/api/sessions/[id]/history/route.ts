import { linkHistory } from "#lib/services/sessions/linkHistory.ts";
import { json, route } from "#server/http.ts";

export const GET = route(async ({ ctx, person, id }) => json(await linkHistory(ctx, person, id)));
