import { migrationDetail } from "#lib/services/switching/migrationHistory.ts";
import { json, route } from "#server/http.ts";

export const GET = route(
  async ({ ctx, person, id }) => json(await migrationDetail(ctx, person, id)),
  "tutor",
);
