import { takeNeverBack } from "#lib/services/asking/ownNever.ts";
import { noContent, route } from "#server/http.ts";

export const DELETE = route(async ({ ctx, person }) => {
  await takeNeverBack(ctx, person);
  return noContent();
});
