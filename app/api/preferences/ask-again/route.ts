import { askGuardianAgain } from "#lib/services/telling/preferences.ts";
import { json, route } from "#server/http.ts";

export const POST = route(
  async ({ ctx, person }) => json(await askGuardianAgain(ctx, person)),
  "student",
);
