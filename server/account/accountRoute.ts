/**
 * All of sign-in that HTTP can reach. The library behind it publishes thirty endpoints with rules of its own;
 * these are the ones that exist here, each with our rule for its input, and any other path is not found.
 */
import { STATUS_CODES } from "node:http";
import { z } from "zod";
import {
  newPasswordInput,
  resetRequestInput,
  signInInput,
  signUpInput,
} from "#lib/services/people/accountInput.ts";
import { askUnconfirmed } from "#lib/services/people/askToConfirm.ts";
import { makeRoomFor } from "#lib/services/people/unconfirmed.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { notFound } from "#lib/services/verb/errors.ts";
import { parseInput } from "#lib/services/verb/input.ts";
import { ACCOUNT_PATH, forAnotherBody } from "#server/headers.ts";
import { guarded, readJson } from "#server/http.ts";
import { problem } from "#server/problem.ts";
import { runtime } from "#server/runtime.ts";
import { publishedCode } from "./librarysCodes.ts";
import { paced } from "./pace.ts";
import { stillValid } from "./stillValid.ts";

const SIGN_UP = "POST /sign-up/email";
const SIGN_IN = "POST /sign-in/email";

export const endpoints: Readonly<Record<string, z.ZodType>> = {
  [SIGN_UP]: signUpInput,
  [SIGN_IN]: signInInput,
  "POST /sign-out": z.object({}),
  "POST /request-password-reset": resetRequestInput,
  "POST /reset-password": newPasswordInput,
};

export const accountRoute = (request: Request): Promise<Response> =>
  guarded(request, async (ctx, { language }) => {
    const { pathname } = new URL(request.url);
    const name = `${request.method} ${pathname.slice(ACCOUNT_PATH.length)}`;
    const schema = Object.hasOwn(endpoints, name) ? endpoints[name] : undefined;
    if (!schema) throw notFound("page");
    const body = parseInput(schema, (await readJson(request)) ?? {});
    const email = emailIn(body);
    let isAdmitted = false;
    const answer = await paced(ctx, name, request, email, async () => {
      if (name === SIGN_UP) isAdmitted = await makeRoomFor(ctx, email);
      const handle = () => runtime().auth.handler(forwarded(ctx, request, body));
      return name === SIGN_IN ? stillValid(ctx, email, handle) : handle();
    });
    if (answer.status >= 500) {
      ctx.log.error({ status: answer.status }, "Sign-in failed unexpectedly");
      return problem(null, language);
    }
    return answer.ok ? unstored(ctx, answer, isAdmitted) : asProblem(answer);
  });

/** Empty where the endpoint takes none. */
const emailIn = (body: unknown): string =>
  z.object({ email: z.string() }).safeParse(body).data?.email ?? "";

function forwarded({ config }: Context, request: Request, body: unknown): Request {
  const headers = forAnotherBody(request.headers);
  headers.set("content-type", "application/json");
  // The gate has compared the origin. The library would take a program that sends `Sec-Fetch-Mode`, as Node's
  // fetch does, for a browser that hides where it comes from.
  headers.set("origin", new URL(config.appUrl).origin);
  return new Request(request.url, { method: "POST", headers, body: JSON.stringify(body) });
}

/** The library's own token is the bare one, which no request is believed with. */
async function unstored(ctx: Context, answer: Response, isAdmitted: boolean): Promise<Response> {
  const headers = new Headers(answer.headers);
  headers.set("cache-control", "no-store");
  headers.delete("content-length");
  const body = await answer.json();
  const entered = signedIn.safeParse(body).data;
  if (entered) await askUnconfirmed(ctx, entered.user.id, isAdmitted);
  const token = headers.get("set-auth-token");
  return Response.json(token ? { ...body, token } : body, { status: answer.status, headers });
}

const signedIn = z.object({ token: z.string(), user: z.object({ id: z.uuid() }) });
const refused = z.object({ message: z.string().optional(), code: z.string().optional() });

/** The library says `{message, code}`; programs get the same form of error everywhere. */
async function asProblem(answer: Response): Promise<Response> {
  const { status } = answer;
  const said = refused.safeParse(await answer.json().catch(() => null)).data;
  const code = publishedCode(said?.code);
  const title = STATUS_CODES[status];
  const headers = new Headers(answer.headers);
  headers.set("content-type", "application/problem+json");
  headers.set("cache-control", "no-store");
  headers.delete("content-length");
  const detail = said?.message ?? title;
  return Response.json(
    { type: `urn:segue:problem:${code}`, title, status, detail, code },
    { status, headers },
  );
}
