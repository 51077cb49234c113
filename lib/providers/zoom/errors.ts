import { z } from "zod";
import { nextUtcMidnight } from "#lib/platform/clock.ts";
import { answeredWith, type ProviderError, type ProviderErrorCode } from "#lib/providers/errors.ts";
import type { Answer } from "#lib/providers/http.ts";
import { isPassing, isPassingStatus } from "#lib/providers/passing.ts";
import { parseRetryAfter } from "#lib/providers/retryAfter.ts";
import { providerWords } from "#lib/providers/words.ts";
import { WRITES_A_DAY } from "#lib/providers/zoom/limits.ts";

/** What the call concerned: creating a meeting, an existing meeting, or the account itself. */
export type Operation = "create" | "meeting" | "account";

const text = z.string().catch("");
const apiError = z.object({
  code: z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]),
  message: text,
  errors: z.array(z.object({ field: text, message: text })).catch([]),
});

/** Zoom has used these three for a scope that the token lacks; 104 and 4700 also mean other things. */
const scopeCodes = new Set([4711, 104, 4700]);
/** 124: the access token is invalid or expired. 4741: a newer consent of the same user voided it. */
const tokenCodes = new Set([124, 4741]);
/**
 * Our registration at Zoom is refused, not anybody's consent. 4702 and 4704: the id or secret is wrong, or the app is
 * gone. 4706: one of them is missing. 4717: the app is disabled.
 */
export const clientCodes = new Set([4702, 4704, 4706, 4717]);
/** Where that is mended. */
export const APPS_URL = "https://marketplace.zoom.us/user/build";
/**
 * 200: the account's plan or role doesn't allow it. 3000: the user may not see it. 3003: the user isn't its host. 3161:
 * the user may not host or schedule meetings.
 */
const notAllowedCodes = new Set([200, 3000, 3003, 3161]);
/** 300: a field of the request can't be taken. */
const INVALID = 300;
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
    const ofLimit = dayLimitIn(answer, message);
    return isOfTheDay(limitType, message)
      ? error("daily_limit", { retryAt: retryAt ?? nextUtcMidnight(now), ofLimit })
      : error("rate_limited", { retryAt, ofOrganisation: isOfOrganisation(limitType, message) });
  }
  if (status >= 500 || status < 400 || !body || !isZooms(status, body.code)) {
    // Zoom has no idempotency key: after a server error nobody knows whether the meeting was created.
    const code = operation === "create" && status >= 500 ? "outcome_unknown" : "unavailable";
    return error(code, { retryAt });
  }
  if (clientCodes.has(body.code)) return error("client_refused", { helpUrl: APPS_URL });
  const isOfZone = body.errors.some(({ field }) => /time.?zone/i.test(field));
  const code = refusal(status, body.code, message, isOfZone);
  return error(code, { accessTokenRefused: code === "grant_revoked" });
}

const isOfTheDay = (limitType: string, message: string): boolean =>
  /daily/i.test(limitType) || (limitType === "" && /daily/i.test(message));

/**
 * A Free account also has a day of all light calls and one of all medium ones, and others have been seen to (limit 6000,
 * "Light"). They have nothing to do with the hundred creates and updates.
 */
function dayLimitIn({ headers }: Answer, message: string): "writes" | null | undefined {
  if (/create|update/i.test(message)) return "writes";
  const limit = Number(headers.get("x-ratelimit-limit") ?? Number.NaN);
  if (limit > 0) return limit <= WRITES_A_DAY ? "writes" : null;
  return undefined;
}

/** Only the limit per second is the organisation's. Too many calls at once for one user are answered with 429, too. */
const isOfOrganisation = (limitType: string, message: string): boolean =>
  /^qps$/i.test(limitType) || (limitType === "" && /per-second/i.test(message));

/** Only codes that are known say that the same request will always be refused. A zone's name may be newer than Zoom's. */
function refusal(
  status: number,
  code: number,
  message: string,
  isOfZone: boolean,
): ProviderErrorCode {
  if (code === 4711 || (scopeCodes.has(code) && /scope/i.test(message))) return "scope_missing";
  if (status === 401 || tokenCodes.has(code)) return "grant_revoked";
  if (accountGoneCodes.has(code)) return "account_gone";
  if (code === 3001) return "gone";
  if (code === 3002) return "in_progress";
  if (isPassingStatus(status) || isPassing(message)) return "unavailable";
  if (notAllowedCodes.has(code)) return "not_allowed";
  return code === INVALID && !isOfZone ? "invalid_request" : "refused";
}
