import { changePassword } from "#lib/services/people/changeAccount.ts";
import { noContent, readJson, route } from "#server/http.ts";

export const POST = route(async ({ ctx, person, browserSessionId, request }) => {
  await changePassword(ctx, person, browserSessionId, (await readJson(request)) ?? {});
  return noContent();
});
