import { getSession } from "#lib/services/listSessions.ts";
import { markNoShow } from "#lib/services/markNoShow.ts";
import { json, route } from "#server/http.ts";

export const POST = route(async ({ ctx, person, id }) => {
  await markNoShow(ctx, person, id);
  return json(await getSession(ctx, person, id));
}, "tutor");
