import { changeAddress } from "#lib/services/people/changeAccount.ts";
import { noContent, readJson, route } from "#server/http.ts";

export const POST = route(async ({ ctx, person, request }) => {
  await changeAddress(ctx, person, (await readJson(request)) ?? {});
  return noContent();
});
