import { acceptRequest } from "#lib/services/sessions/answerRequest.ts";
import { getSession } from "#lib/services/sessions/listSessions.ts";
import { json, route } from "#server/http.ts";

export const POST = route(async ({ ctx, person, id }) => {
  const sessionId = await acceptRequest(ctx, person, id);
  return json(await getSession(ctx, person, sessionId));
}, "tutor");
