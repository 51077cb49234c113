import { z } from "zod";
import { answeredWith, type ProviderError, type ProviderErrorCode } from "#lib/providers/errors.ts";
import type { Answer } from "#lib/providers/http.ts";
import { nextUtcMidnight, parseRetryAfter } from "#lib/providers/retryAfter.ts";
import { providerWords } from "#lib/providers/words.ts";

/** What the call concerned: creating a meeting, an existing meeting, or the account itself. */
export type Operation = "create" | "meeting" | "account";

const apiError = z.object({
  code: z.coerce.number(),
  message: z.string().default(""),
  errors: z.array(z.object({ message: z.string().default("") })).default([]),
});

/** Zoom has used these three for a scope that the token lacks; 104 and 4700 also mean other things. */
const scopeCodes = new Set([4711, 104, 4700]);
/** 124: the access token is invalid or expired. 4741: a newer consent of the same user voided it. */
const tokenCodes = new Set([124, 4741]);
/**
 * Our registration at Zoom is refused, not anybody's consent. 4702 and 4704: the id or secret is wrong, or the app is
 * gone. 4706: one of them is missing. 4717: the app is disabled.
 */
const clientCodes = new Set([4702, 4704, 4706, 4717]);
/** Where that is mended. */
const APPS_URL = "https://marketplace.zoom.us/user/build";
/** 3000: the user may not see it. 3161: the user may not host or schedule meetings. */
const notAllowedCodes = new Set([3000, 3161]);
/**
 * A gateway on the way repeats the status as the code of its own refusals. And a 404 or 410 is Zoom's only with one of
 * the codes that say what isn't there: believing another one would give a room up that exists.
 */
const isZooms = (status: number, code: number): boolean =>
  code !== status &&
  ((status !== 404 && status !== 410) || code === 3001 || accountGoneCodes.has(code));
/** 1001: there is no such user. 1010: the user has left the account. */
const accountGoneCodes = new Set([1001, 1010]);

/** What a refusal by the Meetings API means; the codes are those of Zoom's error reference. */
export function apiErrorOf(answer: Answer, operation: Operation, now: Date): ProviderError {
  const { status } = answer;
  const body = apiError.safeParse(answer.json).data;
  const message = [body?.message, ...(body?.errors ?? []).map((one) => one.message)].join(" ");
  const retryAt = parseRetryAfter(answer.headers.get("retry-after"), now);
  const error = answeredWith("Zoom", status, providerWords(message));

  if (status === 429) {
    const limitType = answer.headers.get("x-ratelimit-type") ?? "";
    return isOfTheDay(limitType, message)
      ? error("daily_limit", { retryAt: retryAt ?? nextUtcMidnight(now) })
      : error("rate_limited", { retryAt, ofOrganisation: isOfOrganisation(limitType, message) });
  }
  if (status >= 500 || status < 400 || !body || !isZooms(status, body.code)) {
    // Zoom has no idempotency key: after a server error nobody knows whether the meeting was created.
    const code = operation === "create" && status >= 500 ? "outcome_unknown" : "unavailable";
    return error(code, { retryAt });
  }
  if (clientCodes.has(body.code)) return error("client_refused", { helpUrl: APPS_URL });
  const code = refusal(status, body.code, message);
  return error(code, { accessTokenRefused: code === "grant_revoked" });
}

const isOfTheDay = (limitType: string, message: string): boolean =>
  /daily/i.test(limitType) || (limitType === "" && /daily/i.test(message));

/** Only the limit per second is the organisation's. Too many calls at once for one user are answered with 429, too. */
const isOfOrganisation = (limitType: string, message: string): boolean =>
  /^qps$/i.test(limitType) || (limitType === "" && /per-second/i.test(message));

function refusal(status: number, code: number, message: string): ProviderErrorCode {
  if (code === 4711 || (scopeCodes.has(code) && /scope/i.test(message))) return "scope_missing";
  if (status === 401 || tokenCodes.has(code)) return "grant_revoked";
  if (accountGoneCodes.has(code)) return "account_gone";
  if (code === 3001) return "gone";
  if (code === 3002) return "in_progress";
  if (status === 403 || notAllowedCodes.has(code)) return "not_allowed";
  return "invalid_request";
}

/** Zoom publishes its codes but not the shape of this answer. Both words and numbers have been seen, as text too. */
const words = z.union([z.string(), z.number()]).transform(String).optional().catch(undefined);
const tokenError = z
  .object({
    error: words,
    reason: words,
    error_description: words,
    code: words,
    errorCode: words,
    message: words,
    errorMessage: words,
  })
  .transform((body) => ({
    error: body.error ?? "",
    code: Number(/\b4[67]\d\d\b/.exec([body.code, body.errorCode, body.error].join(" "))?.[0]),
    reason:
      body.reason ??
      body.error_description ??
      body.message ??
      body.errorMessage ??
      body.error ??
      "",
    isRefusal: Object.values(body).some((word) => word !== undefined),
  }));

/**
 * What a refusal by the token or revocation endpoint means. An answer that isn't JSON is a temporary failure.
 * A refusal in words that aren't known here is `invalid_request`: whoever refreshes takes it for lasting once it
 * has stayed for some time.
 */
export function tokenErrorOf(answer: Answer, now: Date): ProviderError {
  const { status } = answer;
  const body = tokenError.safeParse(answer.json).data;
  const retryAt = parseRetryAfter(answer.headers.get("retry-after"), now);
  const error = answeredWith("Zoom", status, providerWords(body?.reason ?? ""));
  if (status === 429) return error("rate_limited", { retryAt });
  if (status >= 500 || status < 400 || !body?.isRefusal) return error("unavailable", { retryAt });
  const code = tokenRefusal(body);
  return error(code, code === "client_refused" ? { helpUrl: APPS_URL } : {});
}

const clientErrors = new Set(["invalid_client", "unauthorized_client", "deleted_client"]);
const grantErrors = new Set(["invalid_grant", "invalid_token"]);
/**
 * 4711: the app's scopes have changed. 4735: the owner of the token is gone. 4738: disabled by the account's
 * administrator. 4741: revoked, or voided by a newer consent.
 */
const grantCodes = new Set([4711, 4735, 4738, 4741]);
/** The administrator of the tutor's account has done that, not of our app. */
const adminWords = /disabled by .*admin/i;
const clientWords =
  /invalid client|client id|client secret|app (has been|is|was) (disabled|deleted)/i;
const grantWords = /(invalid|expired|revoked).*token|token.*(invalid|expired|revoked)/i;

/** The number counts most, then the words people read, which Zoom has put under several names of error. */
function tokenRefusal({
  error,
  code,
  reason,
}: {
  error: string;
  code: number;
  reason: string;
}): ProviderErrorCode {
  if (clientCodes.has(code)) return "client_refused";
  if (grantCodes.has(code)) return "grant_revoked";
  if (adminWords.test(reason)) return "grant_revoked";
  if (clientErrors.has(error) || clientWords.test(reason)) return "client_refused";
  if (grantErrors.has(error) || grantWords.test(reason)) return "grant_revoked";
  return "invalid_request";
}
