import { retryForTutor } from "#lib/services/support/retryForTutor.ts";
import { json, route } from "#server/http.ts";

export const POST = route(async ({ ctx, person, id }) => {
  const result = await retryForTutor(ctx, person, id);
  return json(result, result.running ? 202 : 200);
}, "admin");
