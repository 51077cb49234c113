import { expect, test } from "vitest";
import { apiErrorOf, type Operation } from "#lib/providers/google-meet/errors.ts";
import { NOW } from "#lib/providers/testServer.ts";

const answer = (status: number, json?: unknown, headers: Record<string, string> = {}) => ({
  status,
  headers: new Headers(headers),
  text: "",
  json,
});

const refusal = (status: number, reason: string, message = "Said by Google") =>
  answer(status, {
    error: { code: status, message, errors: [{ domain: "global", reason, message }] },
  });

test.each<[number, string, string]>([
  [403, "rateLimitExceeded", "rate_limited"],
  [403, "userRateLimitExceeded", "rate_limited"],
  [403, "quotaExceeded", "rate_limited"],
  [403, "dailyLimitExceeded", "rate_limited"],
  [429, "rateLimitExceeded", "rate_limited"],
  [403, "insufficientPermissions", "scope_missing"],
  [403, "forbidden", "not_allowed"],
  [403, "accessNotConfigured", "api_disabled"],
  [403, "notACalendarUser", "not_supported"],
  [400, "invalid", "invalid_request"],
  [404, "notFound", "gone"],
  [410, "deleted", "gone"],
  [412, "conditionNotMet", "invalid_request"],
  [400, "failedPrecondition", "refused"],
  [403, "somethingNew", "refused"],
  [405, "httpMethodNotAllowed", "unavailable"],
  [500, "backendError", "unavailable"],
  [503, "backendError", "unavailable"],
])("%i %s means %s", (status, reason, code) => {
  expect(apiErrorOf(refusal(status, reason), "change", NOW)).toMatchObject({
    code,
    status,
    message: "Said by Google",
    accessTokenRefused: false,
  });
});

test.each(["limitExceeded", "dailyLimitExceededUnreg", "variableTermLimitExceeded", "madeUpToday"])(
  "everything in Google's domain of limits is one: %s",
  (reason) => {
    const body = { error: { code: 403, message: "", errors: [{ domain: "usageLimits", reason }] } };
    expect(apiErrorOf(answer(403, body), "create", NOW).code).toBe("rate_limited");
  },
);

test.each<[number, string, string, string]>([
  [403, "PERMISSION_DENIED", "RATE_LIMIT_EXCEEDED", "rate_limited"],
  [403, "PERMISSION_DENIED", "USER_PROJECT_DENIED", "api_disabled"],
  [403, "PERMISSION_DENIED", "", "refused"],
  [403, "RESOURCE_EXHAUSTED", "", "rate_limited"],
  [408, "DEADLINE_EXCEEDED", "", "unavailable"],
  [400, "FAILED_PRECONDITION", "", "refused"],
  [400, "INVALID_ARGUMENT", "", "invalid_request"],
])("in the newer form, %i %s %s means %s", (status, words, reason, code) => {
  const body = { error: { code: status, message: "", status: words, details: [{ reason }] } };
  expect(apiErrorOf(answer(status, body), "create", NOW).code).toBe(code);
});

test("a zone that Google refuses doesn't say that the event can't be made", () => {
  const words = "Invalid time zone definition for start time.";
  expect(apiErrorOf(refusal(400, "invalid", words), "create", NOW).code).toBe("refused");
});

test("401 says that the access token was refused", () => {
  expect(apiErrorOf(refusal(401, "authError"), "read", NOW)).toMatchObject({
    code: "grant_revoked",
    accessTokenRefused: true,
  });
});

test("a calendar without Meet is told from other wrong requests by its message", () => {
  expect(
    apiErrorOf(refusal(400, "invalid", "Invalid conference type value."), "create", NOW).code,
  ).toBe("not_supported");
});

test("a create has nothing to be gone", () => {
  expect(apiErrorOf(refusal(404, "notFound"), "create", NOW).code).toBe("not_supported");
});

test.each<[Operation, string]>([
  ["create", "outcome_unknown"],
  ["read", "unavailable"],
  ["change", "unavailable"],
])("after a server error the outcome of a %s is %s", (operation, code) => {
  expect(apiErrorOf(refusal(503, "backendError"), operation, NOW).code).toBe(code);
});

test("a page instead of JSON is a passing fault, not a refusal", () => {
  expect(apiErrorOf(answer(404), "read", NOW).code).toBe("unavailable");
  expect(apiErrorOf(answer(302), "create", NOW).code).toBe("unavailable");
});

test("the moment to come again is passed on", () => {
  const limited = answer(403, refusal(403, "rateLimitExceeded").json, { "retry-after": "30" });
  expect(apiErrorOf(limited, "read", NOW).retryAt).toEqual(new Date(NOW.getTime() + 30_000));
});

test.each([
  [
    "Enable it by visiting https://console.developers.google.com/apis/api/calendar-json.googleapis.com/overview?project=42 then retry.",
    "https://console.developers.google.com/apis/api/calendar-json.googleapis.com/overview?project=42",
  ],
  [
    "Enable it by visiting https://console.developers.google.com.evil.example/apis then retry.",
    "https://console.cloud.google.com/apis/library/calendar-json.googleapis.com",
  ],
  ["Not enabled.", "https://console.cloud.google.com/apis/library/calendar-json.googleapis.com"],
])(
  "an API that isn't enabled comes with Google's own page, and no other: %s",
  (message, helpUrl) => {
    const details = [{ reason: "SERVICE_DISABLED" }];
    const body = { error: { code: 403, message, status: "PERMISSION_DENIED", details } };
    const answer = { status: 403, headers: new Headers(), text: "", json: body };
    const error = apiErrorOf(answer, "create", NOW);
    expect(error).toMatchObject({ code: "api_disabled", class: "wait", helpUrl });
  },
);
