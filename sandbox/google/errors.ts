/** The error bodies of Google's calendar. */
import type { Effect } from "#sandbox/faults.ts";
import { json, type Reply } from "#sandbox/http.ts";

export function calendarError(
  code: number,
  reason: string,
  message: string,
  domain = "global",
): Response {
  return json(code, { error: { errors: [{ domain, reason, message }], code, message } });
}

export function unauthorised(): Response {
  const message =
    "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.";
  const error = {
    domain: "global",
    reason: "authError",
    message: "Invalid Credentials",
    locationType: "header",
    location: "Authorization",
  };
  return json(
    401,
    { error: { code: 401, message, errors: [error], status: "UNAUTHENTICATED" } },
    { "www-authenticate": 'Bearer realm="https://accounts.google.com/", error="invalid_token"' },
  );
}

export const insufficient = (): Response =>
  calendarError(
    403,
    "insufficientPermissions",
    "Insufficient Permission: Request had insufficient authentication scopes.",
  );

/** The Calendar API isn't enabled in the project that the client belongs to. */
function apiDisabled(): Response {
  const help =
    "https://console.developers.google.com/apis/api/calendar-json.googleapis.com/overview?project=458209117346";
  const message = `Google Calendar API has not been used in project 458209117346 before or it is disabled. Enable it by visiting ${help} then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.`;
  const error = {
    domain: "usageLimits",
    reason: "accessNotConfigured",
    message,
    extendedHelp: help,
  };
  const details = [
    { "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "SERVICE_DISABLED" },
  ];
  return json(403, {
    error: { errors: [error], code: 403, message, status: "PERMISSION_DENIED", details },
  });
}

/** A fault switch in Google's words; undefined if the switch has no effect here. */
export function calendarRefusal(effect: Effect): Reply | undefined {
  switch (effect) {
    case "token_refused":
      return unauthorised();
    case "insufficient_scope":
      return insufficient();
    case "forbidden":
      return calendarError(403, "forbidden", "Forbidden", "calendar");
    case "api_disabled":
      return apiDisabled();
    case "invalid_request":
      return calendarError(400, "invalid", "Invalid Value");
    case "meet_not_allowed":
      return calendarError(400, "invalid", "Invalid conference type value.");
    case "not_found":
      return calendarError(404, "notFound", "Not Found");
    case "rate_limited":
      return calendarError(429, "rateLimitExceeded", "Rate Limit Exceeded", "usageLimits");
    case "rate_limited_403":
      return calendarError(403, "rateLimitExceeded", "Rate Limit Exceeded", "usageLimits");
    case "user_rate_limited_403":
      return calendarError(403, "userRateLimitExceeded", "User Rate Limit Exceeded", "usageLimits");
    case "quota_exceeded_403":
      return calendarError(403, "quotaExceeded", "Calendar usage limits exceeded.", "usageLimits");
    case "server_error":
      return calendarError(500, "backendError", "Backend Error");
    case "unavailable":
      return calendarError(503, "backendError", "Backend Error");
    default:
      return undefined;
  }
}
