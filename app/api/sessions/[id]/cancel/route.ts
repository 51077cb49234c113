import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { getSession } from "#lib/services/sessions/listSessions.ts";
import { json, route } from "#server/http.ts";

export const POST = route(async ({ ctx, person, id }) => {
  await cancelSession(ctx, person, id);
  return json(await getSession(ctx, person, id));
});
