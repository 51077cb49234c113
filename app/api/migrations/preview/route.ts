import { previewMigration } from "#lib/services/switching/previewMigration.ts";
import { json, route } from "#server/http.ts";

export const GET = route(async ({ ctx, person, request }) => {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  return json(await previewMigration(ctx, person, query));
}, "tutor");
