import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import {
  CALENDAR_SCOPE,
  pkce,
  TestSandbox,
  type TokenAnswer,
  withBearer,
} from "#sandbox/testing.ts";

const DAY = 86_400_000;
const maya = "demo.one@example.com";
const sandbox = new TestSandbox(new Date("2026-11-20T09:00:00Z"));

beforeAll(() => sandbox.start());
afterAll(() => sandbox.end());
afterEach(async () => {
  await sandbox.send("DELETE", `${sandbox.url}/control/faults`);
  await sandbox.send("POST", `${sandbox.url}/control/revoke`, { provider: "google", email: maya });
  await sandbox.settings({ googleConsentScreen: "production" });
});

const userinfo = (token: string) =>
  sandbox.request(`${sandbox.env("GOOGLE_API_URL")}/oauth2/v2/userinfo`, {
    headers: withBearer(token),
  });
const revoke = (token: string) =>
  sandbox.request(sandbox.env("GOOGLE_REVOKE_URL"), {
    method: "POST",
    body: new URLSearchParams({ token }),
  });

test.each([
  ["client", { client_id: "someone-else" }, 401],
  ["redirect address", { redirect_uri: "http://localhost:3000/api/auth/google/callback/" }, 400],
])("1: an unknown %s is refused with a page and never redirected", async (_, change, status) => {
  const url = sandbox.authorization("google", change);
  for (const method of ["GET", "POST"]) {
    const got = await sandbox.request(url, { method });
    expect(got.status).toBe(status);
    expect(got.headers.get("location")).toBeNull();
    expect(got.text).toContain("Access blocked");
  }
});

test("1: a denial goes back with access_denied and the state", async () => {
  const to = await sandbox.consent(sandbox.authorization("google"), {
    account: maya,
    decision: "deny",
  });
  expect(to.origin + to.pathname).toBe(sandbox.redirectUri("google"));
  expect(Object.fromEntries(to.searchParams)).toEqual({ error: "access_denied", state: "state-1" });
});

test("2: a refresh token comes only with offline access and a first or forced consent", async () => {
  const online = await sandbox.signIn("google", maya, { access_type: null, prompt: null });
  expect(online.refresh_token).toBeUndefined();
  const first = await sandbox.signIn("google", maya, { prompt: null });
  expect(first.refresh_token).toBeTypeOf("string");
  const second = await sandbox.signIn("google", maya, { prompt: null });
  expect(second.refresh_token).toBeUndefined();
  const forced = await sandbox.signIn("google", maya);
  expect(forced.refresh_token).toBeTypeOf("string");
});

test("3: the granted scope may be a part of what was asked for", async () => {
  const to = await sandbox.consent(sandbox.authorization("google"), {
    account: maya,
    decision: "allow",
    choose_scopes: "1",
  });
  const got = await sandbox.exchange("google", to.searchParams.get("code") ?? "");
  const scopes = String(got.json.scope).split(" ");
  expect(scopes).toContain("openid");
  expect(scopes).not.toContain(CALENDAR_SCOPE);
});

test("4: a code works once, with its redirect address and its verifier", async () => {
  const { verifier, query } = pkce();
  const good = await sandbox.code("google", maya, query);
  expect((await sandbox.exchange("google", good, { code_verifier: verifier })).status).toBe(200);

  const refused = [
    await sandbox.exchange("google", good, { code_verifier: verifier }),
    await sandbox.exchange("google", await sandbox.code("google", maya, query)),
    await sandbox.exchange("google", await sandbox.code("google", maya, query), {
      code_verifier: pkce().verifier,
    }),
    await sandbox.exchange("google", await sandbox.code("google", maya), {
      redirect_uri: "http://localhost:3000/elsewhere",
    }),
  ];
  for (const got of refused) {
    expect(got.status).toBe(400);
    expect(got.json).toMatchObject({ error: "invalid_grant" });
  }
});

test("4: a wrong client secret is 401 invalid_client", async () => {
  const got = await sandbox.token("google", {
    grant_type: "authorization_code",
    code: await sandbox.code("google", maya),
    redirect_uri: sandbox.redirectUri("google"),
    client_secret: "wrong",
  });
  expect(got.status).toBe(401);
  expect(got.json).toMatchObject({ error: "invalid_client" });
});

test("5: a refresh answers without a refresh token, and the old one goes on living", async () => {
  const { refresh_token } = await sandbox.signIn("google", maya);
  for (let round = 0; round < 2; round += 1) {
    const got = await sandbox.refresh("google", refresh_token);
    expect(got.status).toBe(200);
    expect(got.json).not.toHaveProperty("refresh_token");
    expect(got.json).toMatchObject({ token_type: "Bearer", expires_in: 3599 });
  }
});

const dead = { error: "invalid_grant", error_description: "Token has been expired or revoked." };

test("6: a refresh token dies unused after six months", async () => {
  const { refresh_token } = await sandbox.signIn("google", maya);
  sandbox.pass(170 * DAY);
  expect((await sandbox.refresh("google", refresh_token)).status).toBe(200);
  sandbox.pass(184 * DAY);
  expect((await sandbox.refresh("google", refresh_token)).json).toEqual(dead);
});

test("6: a refresh token dies after seven days while the consent screen is in testing", async () => {
  await sandbox.settings({ googleConsentScreen: "testing" });
  const { refresh_token } = await sandbox.signIn("google", maya);
  sandbox.pass(6 * DAY);
  expect((await sandbox.refresh("google", refresh_token)).status).toBe(200);
  sandbox.pass(2 * DAY);
  expect((await sandbox.refresh("google", refresh_token)).json).toEqual(dead);
});

test("6: the 101st refresh token of an account ends its first", async () => {
  const all: TokenAnswer[] = [];
  for (let count = 0; count < 101; count += 1) all.push(await sandbox.signIn("google", maya));
  expect((await sandbox.refresh("google", all[0]?.refresh_token)).json).toEqual(dead);
  expect((await sandbox.refresh("google", all[1]?.refresh_token)).status).toBe(200);
});

test.each([
  ["refresh_dead", dead],
  ["refresh_dead_invalid_rapt", { error: "invalid_grant", error_subtype: "invalid_rapt" }],
  ["refresh_dead_admin_policy", { error: "admin_policy_enforced" }],
] as const)("6: after %s the refresh token stays dead", async (effect, answer) => {
  const { refresh_token } = await sandbox.signIn("google", maya);
  await sandbox.faults({ provider: "google", operation: "refresh", effect, times: 1 });
  const got = await sandbox.refresh("google", refresh_token);
  expect(got.status).toBe(400);
  expect(got.json).toMatchObject(answer);
  expect((await sandbox.refresh("google", refresh_token)).json).toEqual(dead);
});

test("7: revoking one token ends every grant of that account and of no other", async () => {
  const one = await sandbox.signIn("google", maya);
  const two = await sandbox.signIn("google", maya);
  const other = await sandbox.signIn("google", "demo.four@example.net");
  expect((await revoke(one.access_token)).status).toBe(200);
  expect((await userinfo(two.access_token)).status).toBe(401);
  expect((await sandbox.refresh("google", two.refresh_token)).json).toEqual(dead);
  expect((await sandbox.refresh("google", other.refresh_token)).status).toBe(200);
  expect((await revoke(one.access_token)).json).toMatchObject({ error: "invalid_token" });
});

test("8: the id_token is signed RS256 by a published key and agrees with userinfo", async () => {
  const tokens = await sandbox.signIn("google", maya, { nonce: "n-1" });
  const certs = await sandbox.request(`${sandbox.env("GOOGLE_API_URL")}/oauth2/v3/certs`);
  const { payload, protectedHeader } = await jwtVerify(
    tokens.id_token ?? "",
    createLocalJWKSet(certs.json as unknown as JSONWebKeySet),
    {
      issuer: "https://accounts.google.com",
      audience: sandbox.env("GOOGLE_CLIENT_ID"),
      currentDate: sandbox.now,
    },
  );
  expect(protectedHeader.alg).toBe("RS256");
  expect(payload).toMatchObject({ email: maya, email_verified: true, nonce: "n-1" });
  const person = await userinfo(tokens.access_token);
  expect(person.json).toMatchObject({ id: payload.sub, email: maya, verified_email: true });
});

test("9: an access token is refused once its time is over", async () => {
  const { access_token, expires_in } = await sandbox.signIn("google", maya);
  sandbox.pass((expires_in - 1) * 1_000);
  expect((await userinfo(access_token)).status).toBe(200);
  sandbox.pass(1_000);
  expect((await userinfo(access_token)).status).toBe(401);
});
