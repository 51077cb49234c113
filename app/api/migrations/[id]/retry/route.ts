import { retryMigration } from "#lib/services/switching/retryMigration.ts";
import { json, readJson, route } from "#server/http.ts";

export const POST = route(async ({ ctx, person, id, request }) => {
  const result = await retryMigration(ctx, person, id, await readJson(request));
  return json(result, result.running ? 202 : 200);
}, "tutor");
