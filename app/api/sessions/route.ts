import { listSessions } from "#lib/services/sessions/listSessions.ts";
import { json, route } from "#server/http.ts";

export const GET = route(async ({ ctx, person }) => json(await listSessions(ctx, person)));
