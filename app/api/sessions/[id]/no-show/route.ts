import { getSession } from "#lib/services/sessions/listSessions.ts";
import { markNoShow } from "#lib/services/sessions/markNoShow.ts";
import { json, route } from "#server/http.ts";

export const POST = route(async ({ ctx, person, id }) => {
  await markNoShow(ctx, person, id);
  return json(await getSession(ctx, person, id));
}, "tutor");
