import { expect, test } from "vitest";
import { NOW } from "#lib/providers/testServer.ts";
import { apiErrorOf, type Operation } from "#lib/providers/zoom/errors.ts";

const answer = (status: number, json?: unknown, headers: Record<string, string> = {}) => ({
  status,
  headers: new Headers(headers),
  text: "",
  json,
});

const DAILY =
  "You have exceeded the daily rate limit (100) of Meeting Create/Update API requests permitted for this particular user. You may resume these requests at GMT 00:00:00.";
const PER_SECOND =
  "You have reached the maximum per-second rate limit for this API. Try again later.";
const SCOPE = "Invalid access token, does not contain scopes:[meeting:write:meeting].";

test.each<[number, number, string, string]>([
  [400, 300, "Validation Failed.", "invalid_request"],
  [404, 3001, "Meeting does not exist: 1.", "gone"],
  [400, 3001, "Meeting does not exist: 1.", "gone"],
  [404, 404, "Not there.", "unavailable"],
  [404, 300, "No such route.", "unavailable"],
  [403, 403, "Forbidden.", "unavailable"],
  [401, 401, "Sign in to this network.", "unavailable"],
  [400, 3002, "Can not delete, meeting is in progress.", "in_progress"],
  [404, 1001, "User does not exist: u1.", "account_gone"],
  [404, 1010, "User not found on this account.", "account_gone"],
  [400, 4711, SCOPE, "scope_missing"],
  [401, 104, SCOPE, "scope_missing"],
  [400, 4700, SCOPE, "scope_missing"],
  [401, 124, "Access token is expired.", "grant_revoked"],
  [400, 124, "Invalid access token.", "grant_revoked"],
  [400, 4741, "The token has been revoked.", "grant_revoked"],
  [401, 4700, "Token cannot be empty.", "grant_revoked"],
  [400, 104, "Something else.", "refused"],
  [400, 2001, "Account does not exist.", "refused"],
  [403, 1020, "Access denied", "refused"],
  [400, 5, "A system error occurred, please try again later", "unavailable"],
  [400, 429, "Too many requests, try again later", "unavailable"],
  [408, 9, "Never heard of it.", "unavailable"],
  [403, 200, "Forbidden.", "not_allowed"],
  [400, 3161, "Meeting hosting is not allowed for your user account.", "not_allowed"],
])("%i with code %i (%s) means %s", (status, code, message, expected) => {
  const error = apiErrorOf(answer(status, { code, message }), "meeting", NOW);
  expect(error).toMatchObject({ code: expected, status });
  expect(error.message).toBe(message);
  expect(error.accessTokenRefused).toBe(expected === "grant_revoked");
});

test.each([null, "none", undefined, {}])("a code that is none (%j) is a passing fault", (code) => {
  const body = { code, message: "Forbidden" };
  expect(apiErrorOf(answer(403, body), "create", NOW).code).toBe("unavailable");
});

test("a zone that Zoom refuses doesn't say that the meeting can't be made", () => {
  const errors = [{ field: "timezone", message: "Invalid field." }];
  const body = { code: 300, message: "Validation Failed.", errors };
  expect(apiErrorOf(answer(400, body), "create", NOW).code).toBe("refused");
});

test("a validation error tells which field", () => {
  const body = {
    code: 300,
    message: "Validation Failed.",
    errors: [{ field: "topic", message: "Topic is too long." }],
  };
  expect(apiErrorOf(answer(400, body), "create", NOW).message).toBe(
    "Validation Failed. Topic is too long.",
  );
});

test("the daily limit names the moment Zoom sent, as ISO 8601", () => {
  const error = apiErrorOf(
    answer(
      429,
      { code: 429, message: DAILY },
      {
        "x-ratelimit-type": "Daily-limit",
        "retry-after": "2026-11-21T00:00:00Z",
      },
    ),
    "create",
    NOW,
  );
  expect(error).toMatchObject({
    code: "daily_limit",
    retryAt: new Date("2026-11-21T00:00:00Z"),
    message: DAILY,
  });
});

test("the daily limit without a moment ends at the next midnight of UTC", () => {
  const error = apiErrorOf(answer(429, { code: 429, message: DAILY }), "create", NOW);
  expect(error).toMatchObject({
    code: "daily_limit",
    retryAt: new Date("2026-11-21T00:00:00Z"),
  });
});

test.each<Record<string, string>>([{}, { "x-ratelimit-type": "QPS" }])(
  "the per-second limit is not the daily one (%o)",
  (headers) => {
    const body = { code: 429, message: PER_SECOND };
    const error = apiErrorOf(answer(429, body, headers), "create", NOW);
    expect(error).toMatchObject({ code: "rate_limited", retryAt: undefined });
  },
);

test("a limit is obeyed even where its body can't be read", () => {
  const error = apiErrorOf(answer(429, undefined, { "retry-after": "2" }), "meeting", NOW);
  expect(error).toMatchObject({
    code: "rate_limited",
    retryAt: new Date(NOW.getTime() + 2_000),
    message: "Zoom answered 429",
  });
});

test.each<[Operation, string]>([
  ["create", "outcome_unknown"],
  ["meeting", "unavailable"],
  ["account", "unavailable"],
])("after a server error the outcome of a call to a %s is %s", (operation, code) => {
  expect(apiErrorOf(answer(502), operation, NOW).code).toBe(code);
});

test("a page instead of JSON is a passing fault, not a refusal", () => {
  expect(apiErrorOf(answer(404), "meeting", NOW).code).toBe("unavailable");
});
