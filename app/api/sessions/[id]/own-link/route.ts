import { getSession } from "#lib/services/sessions/listSessions.ts";
import { setOwnLink } from "#lib/services/sessions/setOwnLink.ts";
import { json, readJson, route } from "#server/http.ts";

export const POST = route(async ({ ctx, person, id, request }) => {
  await setOwnLink(ctx, person, id, await readJson(request));
  return json(await getSession(ctx, person, id));
}, "tutor");
