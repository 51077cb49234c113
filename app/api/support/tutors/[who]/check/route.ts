import { checkForTutor } from "#lib/services/support/checkForTutor.ts";
import { json, route } from "#server/http.ts";

export const POST = route(
  async ({ ctx, person, id }) => json(await checkForTutor(ctx, person, id)),
  "admin",
);
