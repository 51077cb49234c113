import { listSessions } from "#lib/services/sessions/listSessions.ts";
import { pageBy } from "#lib/services/verb/page.ts";
import { paged, route } from "#server/http.ts";

export const GET = route((call) =>
  paged(call, pageBy.instant, (page) => listSessions(call.ctx, call.person, page)),
);
