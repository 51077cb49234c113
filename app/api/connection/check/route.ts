import { checkOwnLinks } from "#lib/services/drift/checkLinks.ts";
import { json, route } from "#server/http.ts";

export const POST = route(
  async ({ ctx, person }) => json(await checkOwnLinks(ctx, person)),
  "tutor",
);
