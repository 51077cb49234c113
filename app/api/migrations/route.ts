import { listMigrations } from "#lib/services/switching/migrationHistory.ts";
import { pageBy } from "#lib/services/verb/page.ts";
import { paged, route } from "#server/http.ts";

export const GET = route(
  (call) => paged(call, pageBy.number, (page) => listMigrations(call.ctx, call.person, page)),
  "tutor",
);
