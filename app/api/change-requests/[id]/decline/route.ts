import { declineRequest } from "#lib/services/sessions/answerRequest.ts";
import { getSession } from "#lib/services/sessions/listSessions.ts";
import { json, readJson, route } from "#server/http.ts";

export const POST = route(async ({ ctx, person, id, request }) => {
  const sessionId = await declineRequest(ctx, person, id, await readJson(request));
  return json(await getSession(ctx, person, sessionId));
}, "tutor");
