import { linkToHandOver } from "#lib/services/doors/linkToHandOver.ts";
import { json, route } from "#server/http.ts";

export const GET = route(
  async ({ ctx, person, id }) => json(await linkToHandOver(ctx, person, id)),
  "tutor",
);
