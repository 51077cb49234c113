import { expect, test } from "vitest";
import { NOW, providersAt, type Scripted, serve } from "#lib/providers/testServer.ts";

const zoomAt = (url: string) => providersAt(url).get("zoom");
const code = { code: "code-1", codeVerifier: "v".repeat(43), redirectUri: "http://localhost/cb" };
const granted = (more: object = {}): Scripted => ({
  status: 200,
  json: {
    access_token: "access-1",
    token_type: "bearer",
    refresh_token: "refresh-2",
    expires_in: 3599,
    scope: zoomAt("http://127.0.0.1:9").requiredScopes.join(" "),
    api_url: "https://api.zoom.us",
    ...more,
  },
});

test("consent is asked for with PKCE; scopes are set with the app, not in the link", () => {
  const url = zoomAt("http://127.0.0.1:9").authorizationUrl({
    state: "state-1",
    codeChallenge: "challenge-1",
    redirectUri: "http://localhost/cb",
    loginHint: "tutor@example.com",
  });
  expect(url.pathname).toBe("/oauth/authorize");
  expect(Object.fromEntries(url.searchParams)).toEqual({
    response_type: "code",
    client_id: "zoom_client-1",
    redirect_uri: "http://localhost/cb",
    state: "state-1",
    code_challenge: "challenge-1",
    code_challenge_method: "S256",
  });
});

test("the Basic header holds the client's id and secret as they are, not percent-encoded", async () => {
  await using server = await serve([
    granted(),
    granted(),
    { status: 200, json: { status: "success" } },
  ]);
  await zoomAt(server.url).exchangeCode(code);
  await zoomAt(server.url).refresh("refresh-1");
  await zoomAt(server.url).revoke("refresh-2");
  const expected = `Basic ${Buffer.from("zoom_client-1:zoom_secret-1").toString("base64")}`;
  expect(server.asked.map((asked) => asked.headers.authorization)).toEqual(Array(3).fill(expected));
});

test("a code becomes tokens", async () => {
  await using server = await serve([granted()]);
  const provider = zoomAt(server.url);
  expect(await provider.exchangeCode(code)).toEqual({
    accessToken: "access-1",
    refreshToken: "refresh-2",
    expiresAt: new Date(NOW.getTime() + 3_599_000),
    scopes: [...provider.requiredScopes],
    idToken: null,
  });
  expect(Object.fromEntries(new URLSearchParams(server.asked[0]?.body))).toEqual({
    grant_type: "authorization_code",
    code: "code-1",
    code_verifier: "v".repeat(43),
    redirect_uri: "http://localhost/cb",
  });
});

test("a scope that was not granted is missing from the tokens", async () => {
  await using server = await serve([granted({ scope: "user:read:user" })]);
  expect((await zoomAt(server.url).exchangeCode(code)).scopes).toEqual(["user:read:user"]);
});

test("a refresh hands out the rotated refresh token", async () => {
  await using server = await serve([granted()]);
  expect((await zoomAt(server.url).refresh("refresh-1")).refreshToken).toBe("refresh-2");
});

test.each<[string, Scripted, string]>([
  [
    "a dead token",
    { status: 400, json: { reason: "Invalid Token!", error: "invalid_grant" } },
    "grant_revoked",
  ],
  [
    "a dead token under its other name",
    { status: 401, json: { reason: "Invalid Token!", error: "invalid_request" } },
    "grant_revoked",
  ],
  [
    "a wrong request",
    { status: 400, json: { reason: "Missing grant type", error: "invalid_request" } },
    "invalid_request",
  ],
  [
    "a wrong client",
    {
      status: 401,
      json: { reason: "Invalid client_id or client_secret", error: "invalid_client" },
    },
    "client_refused",
  ],
  ["a limit", { status: 429, json: { code: 429, message: "Too many" } }, "rate_limited"],
  ["a page", { status: 400, text: "<html>Oops</html>" }, "unavailable"],
  ["a fault", { status: 500, text: "<html>Oops</html>" }, "unavailable"],
  ["a page with 200", { status: 200, text: "<html>Oops</html>" }, "unavailable"],
  ["another body", { status: 200, json: { status: "success" } }, "unavailable"],
  ["a cut", "cut", "timeout"],
])("a refresh that meets %s fails with the code for it", async (_, reply, expected) => {
  await using server = await serve([reply]);
  await expect(zoomAt(server.url).refresh("refresh-1")).rejects.toMatchObject({
    name: "ProviderError",
    code: expected,
  });
});

test("revoking a token that is dead already is no error", async () => {
  await using server = await serve([
    { status: 200, json: { status: "success" } },
    { status: 400, json: { reason: "Invalid Token!", error: "invalid_request" } },
    { status: 500, text: "" },
  ]);
  const provider = zoomAt(server.url);
  await provider.revoke("access-1");
  expect(server.asked[0]).toMatchObject({ path: "/oauth/revoke", body: "token=access-1" });
  await provider.revoke("access-1");
  await expect(provider.revoke("access-1")).rejects.toMatchObject({ code: "unavailable" });
});

const tokens = {
  accessToken: "access-1",
  refreshToken: null,
  expiresAt: NOW,
  scopes: [],
  idToken: null,
};

test.each([
  [{ display_name: "Tuna T.", type: 1 }, "Tuna T.", "basic"],
  [{ first_name: "Tuna", last_name: "Tutor", type: 2 }, "Tuna Tutor", "licensed"],
  [{}, null, null],
  [{ type: 99 }, null, null],
  [{ type: "1" }, null, null],
])("the account and its licence are read from users/me: %o", async (names, name, licence) => {
  await using server = await serve([
    { status: 200, json: { id: "z-1", email: "t@example.com", account_id: "a-1", ...names } },
  ]);
  expect(await zoomAt(server.url).account(tokens)).toEqual({
    userId: "z-1",
    email: "t@example.com",
    name,
    organisationId: "a-1",
    licence,
  });
  expect(server.asked[0]).toMatchObject({ method: "GET", path: "/v2/users/me" });
});

test("an account that has gone, or may not be read, says so", async () => {
  await using server = await serve([
    { status: 404, json: { code: 1001, message: "User does not exist." } },
    { status: 400, json: { code: 4711, message: "does not contain scopes:[user:read:user]" } },
  ]);
  await expect(zoomAt(server.url).account(tokens)).rejects.toMatchObject({ code: "account_gone" });
  await expect(zoomAt(server.url).account(tokens)).rejects.toMatchObject({ code: "scope_missing" });
});

test.each([
  [1, 120],
  ["3599", 3_599],
  [2_592_000, 86_400],
  ["1e300", 86_400],
  [0, 3_600],
  [-5, 3_600],
  ["soon", 3_600],
  [null, 3_600],
])(
  "no lifetime costs us the tokens that came with it: %j is %i seconds",
  async (expires_in, seconds) => {
    await using server = await serve([granted({ expires_in })]);
    expect(await zoomAt(server.url).refresh("refresh-1")).toMatchObject({
      refreshToken: "refresh-2",
      expiresAt: new Date(NOW.getTime() + seconds * 1_000),
    });
  },
);
