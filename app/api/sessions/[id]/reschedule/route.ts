import { getSession } from "#lib/services/sessions/listSessions.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { json, readJson, route } from "#server/http.ts";

export const POST = route(async ({ ctx, person, id, request }) => {
  await rescheduleSession(ctx, person, id, await readJson(request));
  return json(await getSession(ctx, person, id));
}, "tutor");
