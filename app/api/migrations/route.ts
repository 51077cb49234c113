import { listMigrations } from "#lib/services/switching/migrationHistory.ts";
import { json, route } from "#server/http.ts";

export const GET = route(
  async ({ ctx, person }) => json(await listMigrations(ctx, person)),
  "tutor",
);
