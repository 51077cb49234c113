import { withdrawRequest } from "#lib/services/sessions/askForTime.ts";
import { getSession } from "#lib/services/sessions/listSessions.ts";
import { json, route } from "#server/http.ts";

export const POST = route(async ({ ctx, person, id }) => {
  const sessionId = await withdrawRequest(ctx, person, id);
  return json(await getSession(ctx, person, sessionId));
}, "student");
