/** The button "Refresh Future Session Links". It answers 202 if the work goes on in the background. */
import { refreshSessionLinks } from "#lib/services/switching/refreshSessionLinks.ts";
import { json, route } from "#server/http.ts";

export const POST = route(async ({ ctx, person }) => {
  const result = await refreshSessionLinks(ctx, person);
  return json(result, result.running ? 202 : 200);
}, "tutor");
