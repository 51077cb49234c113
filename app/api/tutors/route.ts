import { listTutors } from "#lib/services/people/listTutors.ts";
import { pageBy } from "#lib/services/verb/page.ts";
import { paged, route } from "#server/http.ts";

export const GET = route((call) =>
  paged(call, pageBy.name, (page) => listTutors(call.ctx, call.person, page)),
);
