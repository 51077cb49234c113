/** `POST /api/demo/enter`: a look around as one of the demo's people. Exists only where the demo does. */
import { notFound } from "#lib/services/verb/errors.ts";
import { parseInput } from "#lib/services/verb/input.ts";
import { accountRoute } from "#server/account/accountRoute.ts";
import { ACCOUNT_PATH, forAnotherBody } from "#server/headers.ts";
import { guarded, readJson } from "#server/http.ts";
import { DEMO_PASSWORD, students, supporter, tutor } from "./cast.ts";
import { type DemoRole, demoInput } from "./demoInput.ts";

const emails: Record<DemoRole, string | undefined> = {
  tutor: tutor.email,
  student: students[0]?.email,
  support: supporter.email,
};

/**
 * The demo's password is no secret, and the installation answers on this machine only. The way in is the sign-in's own,
 * with its pace and its refusals.
 */
export const enterDemo = (request: Request): Promise<Response> =>
  guarded(request, async ({ config }) => {
    if (!config.demo) throw notFound("page");
    const { as } = parseInput(demoInput, await readJson(request));
    const url = new URL(`${ACCOUNT_PATH}/sign-in/email`, request.url);
    const body = JSON.stringify({ email: emails[as], password: DEMO_PASSWORD });
    return accountRoute(
      new Request(url, { method: "POST", headers: forAnotherBody(request.headers), body }),
    );
  });
