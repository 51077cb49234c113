import { endMyLinks } from "#lib/services/doors/endMyLinks.ts";
import { noContent, route } from "#server/http.ts";

export const POST = route(async ({ ctx, person }) => {
  await endMyLinks(ctx, person);
  return noContent();
}, "student");
