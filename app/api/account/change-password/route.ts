import { changePassword } from "#lib/services/people/changeAccount.ts";
import { makeKnown } from "#server/account/knownBrowser.ts";
import { noContent, readJson, route } from "#server/http.ts";

export const POST = route(async ({ ctx, person, browserSessionId, request }) => {
  await changePassword(ctx, person, browserSessionId, (await readJson(request)) ?? {});
  const answer = noContent();
  // The new password has voided what made this browser known.
  const cookie = await makeKnown(ctx, person.email);
  if (cookie) answer.headers.append("set-cookie", cookie);
  return answer;
});
