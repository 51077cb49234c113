import { inspect } from "node:util";
import { expect, test } from "vitest";
import { NOW, providersAt, type Scripted, serve } from "#lib/providers/testServer.ts";

const seconds = (date: Date) => Math.floor(date.getTime() / 1000);
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

function idToken(claims: object = {}): string {
  const body = {
    iss: "https://accounts.google.com",
    aud: "google-client",
    sub: "g-1",
    email: "tutor@example.com",
    iat: seconds(NOW),
    exp: seconds(NOW) + 3600,
    ...claims,
  };
  return `${base64url({ alg: "RS256", kid: "1" })}.${base64url(body)}.c2lnbmF0dXJl`;
}

const granted = (more: object = {}): Scripted => ({
  status: 200,
  json: {
    access_token: "access-1",
    refresh_token: "refresh-1",
    expires_in: 3599,
    token_type: "Bearer",
    scope:
      "openid https://www.googleapis.com/auth/userinfo.email https://www.googleapis.com/auth/calendar.events.owned",
    id_token: idToken(),
    ...more,
  },
});

const code = { code: "4/0abc", codeVerifier: "v".repeat(43), redirectUri: "http://localhost/cb" };
const meet = (url: string) => providersAt(url).get("google_meet");

test("consent is asked for offline, afresh, with PKCE and for our scopes alone", () => {
  const url = meet("http://127.0.0.1:9").authorizationUrl({
    state: "state-1",
    codeChallenge: "challenge-1",
    redirectUri: "http://localhost/cb",
    loginHint: "tutor@example.com",
  });
  expect(Object.fromEntries(url.searchParams)).toEqual({
    response_type: "code",
    client_id: "google-client",
    redirect_uri: "http://localhost/cb",
    scope: "openid email https://www.googleapis.com/auth/calendar.events.owned",
    state: "state-1",
    code_challenge: "challenge-1",
    code_challenge_method: "S256",
    access_type: "offline",
    prompt: "consent",
    login_hint: "tutor@example.com",
  });
});

test("a code becomes tokens, and the long scope names read as those we asked for", async () => {
  await using server = await serve([granted()]);
  const provider = meet(server.url);
  const tokens = await provider.exchangeCode(code);
  expect(tokens).toMatchObject({ accessToken: "access-1", refreshToken: "refresh-1" });
  expect(tokens.expiresAt).toEqual(new Date(NOW.getTime() + 3_599_000));
  expect(new Set(tokens.scopes)).toEqual(new Set(provider.requiredScopes));
  expect(Object.fromEntries(new URLSearchParams(server.asked[0]?.body))).toEqual({
    grant_type: "authorization_code",
    code: "4/0abc",
    code_verifier: "v".repeat(43),
    redirect_uri: "http://localhost/cb",
    client_id: "google-client",
    client_secret: "google-secret",
  });
});

test("a scope that was not granted is missing from the tokens", async () => {
  await using server = await serve([granted({ scope: "openid email" })]);
  const tokens = await meet(server.url).exchangeCode(code);
  expect(tokens.scopes).toEqual(["openid", "email"]);
});

test("an answer without scope grants what was asked for", async () => {
  await using server = await serve([granted({ scope: undefined })]);
  const provider = meet(server.url);
  expect((await provider.exchangeCode(code)).scopes).toEqual(provider.requiredScopes);
});

test("a refresh carries no new refresh token", async () => {
  await using server = await serve([granted({ refresh_token: undefined, id_token: undefined })]);
  const tokens = await meet(server.url).refresh("refresh-1");
  expect(tokens).toMatchObject({ accessToken: "access-1", refreshToken: null, idToken: null });
  expect(new URLSearchParams(server.asked[0]?.body).get("refresh_token")).toBe("refresh-1");
});

test("the account is read from the id_token's claims", async () => {
  await using server = await serve([granted({ id_token: idToken({ name: "Tuna", hd: "s.edu" }) })]);
  const provider = meet(server.url);
  expect(await provider.account(await provider.exchangeCode(code))).toEqual({
    userId: "g-1",
    email: "tutor@example.com",
    name: "Tuna",
    organisationId: "s.edu",
  });
});

test.each([
  ["without an id_token", undefined],
  ["without e-mail", idToken({ email: undefined })],
])("an answer %s leaves the account unknown for want of a scope", async (_, id_token) => {
  await using server = await serve([granted({ id_token })]);
  const provider = meet(server.url);
  const tokens = await provider.exchangeCode(code);
  await expect(provider.account(tokens)).rejects.toMatchObject({ code: "scope_missing" });
});

test.each([
  ["for another client", idToken({ aud: "someone-else" })],
  ["by another issuer", idToken({ iss: "https://evil.example" })],
  ["that has expired", idToken({ exp: seconds(NOW) - 600 })],
  ["that is no JWT", "abc"],
])("an id_token %s is not believed", async (_, id_token) => {
  await using server = await serve([granted({ id_token })]);
  await expect(meet(server.url).exchangeCode(code)).rejects.toMatchObject({
    name: "ProviderError",
    code: "unavailable",
  });
});

test("what can't be read of a token answer carries no token away", async () => {
  await using server = await serve([granted({ id_token: idToken({ aud: "someone-else" }) })]);
  const error = await meet(server.url)
    .exchangeCode(code)
    .catch((reason: unknown) => reason);
  expect(inspect(error, { depth: 10 })).not.toMatch(/access-1|refresh-1|someone-else/);
});

test("Google's short issuer is believed as well", async () => {
  await using server = await serve([
    granted({ id_token: idToken({ iss: "accounts.google.com" }) }),
  ]);
  await expect(meet(server.url).exchangeCode(code)).resolves.toBeDefined();
});

test.each<[string, Scripted, string]>([
  [
    "a dead refresh token",
    {
      status: 400,
      json: { error: "invalid_grant", error_description: "Token has been expired or revoked." },
    },
    "grant_revoked",
  ],
  [
    "a session policy",
    { status: 400, json: { error: "invalid_grant", error_subtype: "invalid_rapt" } },
    "grant_revoked",
  ],
  ["an admin's policy", { status: 400, json: { error: "admin_policy_enforced" } }, "grant_revoked"],
  [
    "a wrong client",
    {
      status: 401,
      json: { error: "invalid_client" },
      headers: { "www-authenticate": 'Basic realm="x"' },
    },
    "client_refused",
  ],
  ["another client", { status: 400, json: { error: "unauthorized_client" } }, "client_refused"],
  ["a wrong request", { status: 400, json: { error: "invalid_request" } }, "invalid_request"],
  ["too many", { status: 429, json: { error: "rate_limit_exceeded" } }, "rate_limited"],
  ["a fault", { status: 503, json: { error: "backend_error" } }, "unavailable"],
  ["a page", { status: 400, text: "<html>Bad</html>" }, "unavailable"],
  ["a page with 200", { status: 200, text: "<html>Hello</html>" }, "unavailable"],
  ["a wrong body", { status: 200, json: { token: "x" } }, "unavailable"],
  ["a cut", "cut", "timeout"],
])("a refresh that meets %s fails with the code for it", async (_, reply, expected) => {
  await using server = await serve([reply]);
  await expect(meet(server.url).refresh("refresh-1")).rejects.toMatchObject({
    name: "ProviderError",
    code: expected,
  });
});

test("revoking sends the token, and a dead one is no error", async () => {
  await using server = await serve([
    { status: 200, json: {} },
    {
      status: 400,
      json: { error: "invalid_token", error_description: "Token expired or revoked" },
    },
    { status: 503, text: "" },
  ]);
  await meet(server.url).revoke("refresh-1");
  expect(server.asked[0]).toMatchObject({ path: "/revoke", body: "token=refresh-1" });
  await meet(server.url).revoke("refresh-1");
  await expect(meet(server.url).revoke("refresh-1")).rejects.toMatchObject({ code: "unavailable" });
});
