import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { getSession } from "#lib/services/sessions/listSessions.ts";
import { json, readJson, route } from "#server/http.ts";

export const POST = route(async ({ ctx, person, id, request }) => {
  await cancelSession(ctx, person, id, await readJson(request));
  return json(await getSession(ctx, person, id));
});
