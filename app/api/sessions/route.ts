import { listSessions } from "#lib/services/sessions/listSessions.ts";
import { pageBy } from "#lib/services/verb/page.ts";
import { route } from "#server/http.ts";
import { paged } from "#server/paged.ts";

export const GET = route((call) =>
  paged(call, pageBy.instant, (page) => listSessions(call.ctx, call.person, page)),
);
