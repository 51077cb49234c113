import { undoMigration } from "#lib/services/switching/undoMigration.ts";
import { json, route } from "#server/http.ts";

export const POST = route(async ({ ctx, person, id }) => {
  const result = await undoMigration(ctx, person, id);
  return json(result, result.running ? 202 : 200);
}, "tutor");
