import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { basic, pkce, TestSandbox, withBearer } from "#sandbox/testing.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
const priya = "demo.three@example.org";
const sandbox = new TestSandbox(new Date("2026-11-20T09:00:00Z"));

beforeAll(() => sandbox.start());
afterAll(() => sandbox.end());
afterEach(async () => {
  await sandbox.send("DELETE", `${sandbox.url}/control/faults`);
});

const me = (token: string) =>
  sandbox.request(`${sandbox.env("ZOOM_API_URL")}/users/me`, { headers: withBearer(token) });
const client = () => basic(sandbox.env("ZOOM_CLIENT_ID"), sandbox.env("ZOOM_CLIENT_SECRET"));
const dead = { reason: "Invalid Token!", error: "invalid_grant" };

test("1: a redirect address that differs in one character is refused with 4,709, on a page", async () => {
  const redirect_uri = `${sandbox.redirectUri("zoom")}/`;
  const got = await sandbox.request(sandbox.authorization("zoom", { redirect_uri }));
  expect(got.status).toBe(400);
  expect(got.headers.get("location")).toBeNull();
  expect(got.text).toContain("4,709");
});

test("1: a denial goes back with access_denied and the state", async () => {
  const form = { account: priya, decision: "deny" };
  const to = await sandbox.consent(sandbox.authorization("zoom"), form);
  expect(Object.fromEntries(to.searchParams)).toEqual({ error: "access_denied", state: "state-1" });
});

test("1: the PKCE verifier must fit the challenge", async () => {
  const { verifier, query } = pkce();
  const wrong = { code_verifier: pkce().verifier };
  const refused = await sandbox.exchange("zoom", await sandbox.code("zoom", priya, query), wrong);
  expect([refused.status, refused.json.error]).toEqual([400, "invalid_grant"]);
  const right = { code_verifier: verifier };
  const good = await sandbox.exchange("zoom", await sandbox.code("zoom", priya, query), right);
  expect(good.status).toBe(200);
});

test("2: token parameters are taken from the query as well as from the form", async () => {
  const query = new URLSearchParams({
    grant_type: "authorization_code",
    code: await sandbox.code("zoom", priya),
    redirect_uri: sandbox.redirectUri("zoom"),
  });
  const url = `${sandbox.env("ZOOM_OAUTH_URL")}/token?${query}`;
  expect((await sandbox.request(url, { method: "POST", headers: client() })).status).toBe(200);
});

test("2: a client id percent-encoded in the Basic header is unknown, unless so set", async () => {
  const encode = (text: string) => text.replace(/[-_]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  const headers = basic(
    encode(sandbox.env("ZOOM_CLIENT_ID")),
    encode(sandbox.env("ZOOM_CLIENT_SECRET")),
  );
  const attempt = async () =>
    sandbox.request(`${sandbox.env("ZOOM_OAUTH_URL")}/token`, {
      method: "POST",
      headers,
      body: new URLSearchParams({
        grant_type: "authorization_code",
        code: await sandbox.code("zoom", priya),
        redirect_uri: sandbox.redirectUri("zoom"),
      }),
    });
  const refused = await attempt();
  expect([refused.status, refused.json]).toEqual([
    401,
    { reason: "Invalid client_id or client_secret", error: "invalid_client" },
  ]);
  await sandbox.settings({ zoomDecodesBasic: true });
  expect((await attempt()).status).toBe(200);
  await sandbox.settings({ zoomDecodesBasic: false });
});

test("3: a code works once and for five minutes", async () => {
  const code = await sandbox.code("zoom", priya);
  expect((await sandbox.exchange("zoom", code)).status).toBe(200);
  expect((await sandbox.exchange("zoom", code)).json.error).toBe("invalid_grant");
  const late = await sandbox.code("zoom", priya);
  sandbox.pass(5 * MINUTE);
  expect((await sandbox.exchange("zoom", late)).json.error).toBe("invalid_grant");
});

test("4: the answer has a lower-case bearer, 3599 seconds, scopes and the API's address", async () => {
  const tokens = await sandbox.signIn("zoom", priya);
  expect(tokens).toMatchObject({
    token_type: "bearer",
    expires_in: 3599,
    api_url: `${sandbox.url}/zoom`,
  });
  expect(tokens.scope.split(" ")).toContain("meeting:read:list_meetings");
});

test("5: a refresh rotates the refresh token, and the old one is dead", async () => {
  const { refresh_token } = await sandbox.signIn("zoom", priya);
  const rotated = await sandbox.refresh("zoom", refresh_token);
  expect(rotated.json.refresh_token).not.toBe(refresh_token);
  const again = await sandbox.refresh("zoom", refresh_token);
  expect([again.status, again.json]).toEqual([400, dead]);
  const next = await sandbox.refresh("zoom", String(rotated.json.refresh_token));
  expect(next.status).toBe(200);
});

test("5: a dead refresh token can answer invalid_request with the same reason", async () => {
  await sandbox.settings({ zoomDeadRefresh: "invalid_request" });
  const got = await sandbox.refresh("zoom", "unknown");
  expect(got.json).toEqual({ ...dead, error: "invalid_request" });
  await sandbox.settings({ zoomDeadRefresh: "invalid_grant" });
});

test("6: a rotation whose answer is lost leaves only a dead token behind", async () => {
  const { refresh_token } = await sandbox.signIn("zoom", priya);
  const effect = "refresh_lost_answer";
  await sandbox.faults({ provider: "zoom", operation: "refresh", effect, times: 1 });
  await expect(sandbox.refresh("zoom", refresh_token)).rejects.toThrow("fetch failed");
  expect((await sandbox.refresh("zoom", refresh_token)).json).toEqual(dead);
});

test("7: a new consent voids the earlier tokens of that user at once", async () => {
  const earlier = await sandbox.signIn("zoom", priya);
  const later = await sandbox.signIn("zoom", priya);
  const refused = await me(earlier.access_token);
  expect([refused.status, refused.json.code]).toEqual([401, 4741]);
  expect((await sandbox.refresh("zoom", earlier.refresh_token)).json).toEqual(dead);
  expect((await me(later.access_token)).status).toBe(200);
});

test("8: an access token lives an hour, a refresh token ninety days", async () => {
  const { access_token, refresh_token } = await sandbox.signIn("zoom", priya);
  sandbox.pass(60 * MINUTE - 1);
  expect((await me(access_token)).status).toBe(200);
  sandbox.pass(1);
  expect((await me(access_token)).status).toBe(401);
  sandbox.pass(90 * DAY);
  expect((await sandbox.refresh("zoom", refresh_token)).json).toEqual(dead);
});

test("9: revoking answers success and ends the grant", async () => {
  const { access_token, refresh_token } = await sandbox.signIn("zoom", priya);
  const got = await sandbox.request(`${sandbox.env("ZOOM_OAUTH_URL")}/revoke`, {
    method: "POST",
    headers: client(),
    body: new URLSearchParams({ token: access_token }),
  });
  expect([got.status, got.json]).toEqual([200, { status: "success" }]);
  expect((await me(access_token)).json.code).toBe(124);
  expect((await sandbox.refresh("zoom", refresh_token)).json).toEqual(dead);
});

test.each(["refresh_dead", "refresh_dead_invalid_request"] as const)(
  "after %s the refresh token stays dead",
  async (effect) => {
    const { refresh_token } = await sandbox.signIn("zoom", priya);
    await sandbox.faults({ provider: "zoom", operation: "refresh", effect, times: 1 });
    expect((await sandbox.refresh("zoom", refresh_token)).status).toBe(400);
    expect((await sandbox.refresh("zoom", refresh_token)).json).toEqual(dead);
  },
);

test("the token endpoint can answer with something that is not JSON, and nothing is spent", async () => {
  const { refresh_token } = await sandbox.signIn("zoom", priya);
  await sandbox.faults({ provider: "zoom", operation: "refresh", effect: "not_json", times: 1 });
  expect((await sandbox.refresh("zoom", refresh_token)).text).toContain("<html>");
  expect((await sandbox.refresh("zoom", refresh_token)).status).toBe(200);
});
