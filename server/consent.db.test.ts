import { beforeAll, expect, test } from "vitest";
import { confirmByHand } from "#lib/services/people/unconfirmed.ts";
import { authorizeRoute, callbackRoute } from "#server/consent.ts";
import { scene } from "#tests/harness/scene.ts";
import { accountRoute } from "./account/accountRoute.ts";
import { createAuth } from "./auth.ts";
import { beginNonce } from "./consent/beginNonce.ts";
import { CLIENT_HEADER } from "./headers.ts";
import { whoIs } from "./http.ts";
import { keepRuntime, type Runtime } from "./runtime.ts";

const { segue } = scene({ shared: true });
let tutor: SignIn;
let other: SignIn;

beforeAll(async () => {
  const auth = createAuth(segue.ctx);
  keepRuntime({ ctx: segue.ctx, auth, database: segue.database } as Partial<Runtime> as Runtime);
  tutor = await signUp("begin@tutors.example");
  other = await signUp("other@tutors.example");
});

const consent = { status: 302, to: expect.stringContaining("code_challenge="), began: 1 };
const nothing = { status: 425, to: null, began: 0 };

test("a press on our own page begins a consent", async () => {
  expect(await ask({ cookie: tutor.cookie, "sec-fetch-site": "same-origin" })).toEqual(consent);
  const press = { "sec-fetch-site": "same-origin", "sec-fetch-dest": "document" };
  expect(await ask({ cookie: tutor.cookie, ...press })).toEqual(consent);
});

test.each(["cross-site", "same-site", "none", "", "same-origin, cross-site"])(
  "what a browser reports as %j is led to the page where the button stands",
  async (site) => {
    const nonce = withNonce(beginNonce(segue.ctx, tutor.sessionId));
    const headers = { cookie: tutor.cookie, "sec-fetch-site": site };
    expect(await ask(headers)).toEqual(led());
    // A page that is shown to its owner can't lend them a nonce that makes up for it.
    expect(await ask(headers, nonce)).toEqual(led());
  },
);

test("a program begins with its bearer, whatever it says or leaves out", async () => {
  const authorization = `Bearer ${tutor.bearer}`;
  expect(await ask({ authorization })).toEqual(consent);
  expect(await ask({ authorization, "sec-fetch-mode": "cors" })).toEqual(consent);
});

test("a bearer beside a cookie begins only if it opens something, and the same sign-in", async () => {
  const { cookie, bearer } = tutor;
  const site = { "sec-fetch-site": "cross-site" };
  expect(await ask({ cookie, ...site, authorization: `Bearer ${bearer}` })).toEqual(consent);
  const tokens = ["", "x", "x.y", bearer.slice(0, -4), bearer.split(".")[0] ?? ""];
  const wrong = [...tokens.map((token) => `Bearer ${token}`), "Basic dDp0", "bearer", bearer];
  for (const authorization of wrong) {
    expect(await ask({ cookie, ...site, authorization }), authorization).toEqual(led());
    expect(await ask({ cookie, authorization }), authorization).toEqual(led());
  }
});

test("a browser that doesn't say where it comes from begins with this sign-in's nonce", async () => {
  const { cookie, sessionId } = tutor;
  const nonce = beginNonce(segue.ctx, sessionId);
  expect(await ask({ cookie }, withNonce(nonce))).toEqual(consent);
  expect(await ask({ cookie })).toEqual(led());
  const wrong = [
    beginNonce(segue.ctx, other.sessionId),
    nonce.slice(0, -1),
    `${nonce}A`,
    nonce.replace(/^./, "z"),
    nonce.split(".")[0] ?? "",
    ".",
    "",
    "\u00e4.\u00e4",
  ];
  for (const one of wrong) expect(await ask({ cookie }, withNonce(one)), one).toEqual(led());
});

test("a page that has been open for longer than ten minutes still works", async () => {
  const { cookie, sessionId } = tutor;
  const nonce = withNonce(beginNonce(segue.ctx, sessionId));
  segue.clock.advance({ minutes: 9, seconds: 59 });
  expect(await ask({ cookie }, nonce)).toEqual(consent);
  segue.clock.advance({ seconds: 1 });
  expect(await ask({ cookie }, nonce), "leads to a fresh page").toEqual(led());
  expect(await ask({ cookie, "sec-fetch-site": "same-origin" }, nonce)).toEqual(consent);
});

test("what is fetched in advance begins nothing and uses nothing up", async () => {
  const { cookie, sessionId } = tutor;
  const nonce = withNonce(beginNonce(segue.ctx, sessionId));
  const advance: Record<string, string>[] = [
    { "next-router-prefetch": "1" },
    { "next-router-segment-prefetch": "/_tree" },
    { rsc: "1" },
    { "sec-purpose": "prefetch" },
    { "sec-purpose": "prefetch;prerender" },
    { purpose: "prefetch" },
    { "x-moz": "prefetch" },
    { purpose: "preview" },
    { "sec-fetch-dest": "empty" },
    { "sec-fetch-dest": "image" },
    { "sec-fetch-dest": "iframe" },
  ];
  for (const headers of advance) {
    const all = { cookie, "sec-fetch-site": "same-origin", ...headers };
    expect(await ask(all, nonce), JSON.stringify(headers)).toEqual(nothing);
  }
  const looked = await ask({ cookie, "sec-fetch-site": "same-origin" }, nonce, "HEAD");
  expect(looked).toEqual({ ...nothing, status: 204 });
  expect(await ask({ cookie }, nonce)).toEqual(consent);
});

test("looking at an answer doesn't use it up", async () => {
  const { cookie } = tutor;
  const { to } = await ask({ cookie, "sec-fetch-site": "same-origin" });
  const state = new URL(to ?? "").searchParams.get("state");
  const back = `${segue.ctx.config.appUrl}/api/auth/google/callback?error=access_denied&state=${state}`;
  const answered = (init: RequestInit & { headers?: Record<string, string> }) =>
    callbackRoute("google_meet")(
      new Request(back, { ...init, headers: { cookie, ...init.headers } }),
    );
  expect((await answered({ method: "HEAD" })).status).toBe(204);
  expect((await answered({ headers: { "sec-purpose": "prefetch" } })).status).toBe(425);
  const denied = await answered({});
  expect(denied.headers.get("location")).toBe(`${setup()}?error=access_denied`);
});

test("who isn't signed in gets to that page by way of sign-in, whatever led them here", async () => {
  const to = `${setup()}?error=not_signed_in`;
  for (const site of ["same-origin", "cross-site"]) {
    expect(await ask({ "sec-fetch-site": site })).toEqual({ status: 302, to, began: 0 });
  }
  expect(await ask({}, withNonce(beginNonce(segue.ctx, tutor.sessionId)))).toMatchObject({ to });
});

test("where a consent leads and comes back to is never taken from the request's host", async () => {
  const { cookie } = tutor;
  const forged = { host: "evil.example", "x-forwarded-host": "evil.example" };
  const begun = await ask({ cookie, "sec-fetch-site": "same-origin", ...forged });
  const back = new URL(begun.to ?? "").searchParams.get("redirect_uri");
  expect(back).toBe(`${segue.ctx.config.appUrl}/api/auth/google/callback`);
  expect(await ask({ cookie, ...forged })).toEqual(led());
});

interface SignIn {
  cookie: string;
  bearer: string;
  sessionId: string;
}

async function signUp(email: string): Promise<SignIn> {
  const data = { name: "Begin", email, password: "correct horse battery", role: "tutor" };
  const answer = await accountRoute(
    new Request(`${segue.ctx.config.appUrl}/api/account/sign-up/email`, {
      method: "POST",
      headers: { [CLIENT_HEADER]: "203.0.113.1" },
      body: JSON.stringify({ ...data, timeZone: "Europe/Berlin" }),
    }),
  );
  expect(answer.status).toBe(200);
  await confirmByHand(segue.ctx, email);
  const cookie = answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const signedIn = await whoIs(new Headers({ cookie }));
  return {
    cookie,
    bearer: answer.headers.get("set-auth-token") ?? "",
    sessionId: signedIn?.browserSessionId ?? "",
  };
}

/** Asks for Google's consent page. @returns the status, where it leads, and how many attempts it began */
async function ask(headers: Record<string, string>, query = "", method = "GET") {
  const before = await attempts();
  const url = `${segue.ctx.config.appUrl}/api/auth/google${query}`;
  const answer = await authorizeRoute("google_meet")(new Request(url, { method, headers }));
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const to = answer.headers.get("location");
  return { status: answer.status, to, began: (await attempts()) - before };
}

const attempts = async () =>
  Number((await segue.rows("select count(*) as n from oauth_attempts"))[0]?.n);

const setup = () => `${segue.ctx.config.appUrl}/tutor/video-setup`;

const led = () => ({ status: 302, to: setup(), began: 0 });

const withNonce = (nonce: string) => `?from=${encodeURIComponent(nonce)}`;
