import { expect, test } from "vitest";
import { NOW } from "#lib/providers/testServer.ts";
import { tokenErrorOf } from "#lib/providers/zoom/tokenErrors.ts";

const answer = (status: number, json: unknown) => ({
  status,
  headers: new Headers(),
  text: "",
  json,
});

test.each<[string, object, string]>([
  ["a code", { code: 4711, message: "Refresh token invalid." }, "grant_revoked"],
  ["a code as text", { errorCode: "4735", errorMessage: "No such owner." }, "grant_revoked"],
  ["a code as the error", { error: "4738", reason: "Disabled." }, "grant_revoked"],
  ["words alone", { error: "invalid_request", reason: "Token was revoked." }, "grant_revoked"],
  ["an administrator", { error: "x", reason: "App is disabled by admin" }, "grant_revoked"],
  ["a disabled app", { code: 4717, message: "The app has been disabled." }, "client_refused"],
  ["a disabled app in words", { reason: "The app has been disabled" }, "client_refused"],
  ["a wrong secret", { code: "4704", reason: "Invalid client secret." }, "client_refused"],
  ["another client", { error: "unauthorized_client" }, "client_refused"],
  ["words that nobody knows", { error: "consent_outdated" }, "invalid_request"],
  ["a code that nobody knows", { code: 4799, message: "Not any more." }, "invalid_request"],
])("a refusal by %s is known for what it is", (_, body, code) => {
  expect(tokenErrorOf(answer(400, body), NOW)).toMatchObject({ code });
});

test.each<[number, object]>([
  [404, { error: "invalid_grant", reason: "Invalid Token!" }],
  [408, { error: "invalid_grant" }],
  [403, { error: "consent_outdated" }],
  [401, { error: "Unauthorized" }],
  [401, { error: "unauthorized" }],
  [400, { error: "temporarily_unavailable", reason: "The token service is unavailable" }],
  [400, { error: "server_error" }],
  [401, { message: "The security token included in the request is expired" }],
])("%i with %j passes", (status, body) => {
  expect(tokenErrorOf(answer(status, body), NOW)).toMatchObject({ code: "unavailable" });
});

test("words for a dead grant with 403 have to last, as a gateway may have written them", () => {
  const body = { error: "invalid_grant", reason: "Invalid Token!" };
  expect(tokenErrorOf(answer(403, body), NOW)).toMatchObject({ code: "invalid_request" });
});

test.each([undefined, {}, "no", [], { tracking: "x1" }])(
  "%j with 400 is nobody's refusal",
  (body) => {
    expect(tokenErrorOf(answer(400, body), NOW)).toMatchObject({ code: "unavailable" });
  },
);

test("a refused client comes with the page on which it is mended", () => {
  const error = tokenErrorOf(answer(400, { code: 4717, message: "Disabled" }), NOW);
  expect(error.helpUrl).toBe("https://marketplace.zoom.us/user/build");
});
