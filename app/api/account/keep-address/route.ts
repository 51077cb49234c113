import { keepAddress } from "#lib/services/people/changeAccount.ts";
import { noContent, route } from "#server/http.ts";

export const POST = route(async ({ ctx, person }) => {
  await keepAddress(ctx, person);
  return noContent();
});
