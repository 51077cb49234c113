import { getSession } from "#lib/services/sessions/listSessions.ts";
import { json, route } from "#server/http.ts";

export const GET = route(async ({ ctx, person, id }) => json(await getSession(ctx, person, id)));
