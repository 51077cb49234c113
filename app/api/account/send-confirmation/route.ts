import { askAgain } from "#lib/services/people/askToConfirm.ts";
import { noContent, route } from "#server/http.ts";

export const POST = route(async ({ ctx, person }) => {
  await askAgain(ctx, person);
  return noContent();
});
