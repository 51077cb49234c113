import { markNoteSeen } from "#lib/services/telling/notes.ts";
import { noContent, route } from "#server/http.ts";

export const POST = route(async ({ ctx, person, id }) => {
  await markNoteSeen(ctx, person, id);
  return noContent();
});
