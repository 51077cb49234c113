import { z } from "zod";
import { answeredWith, type ProviderError, type ProviderErrorCode } from "#lib/providers/errors.ts";
import type { Answer } from "#lib/providers/http.ts";
import { isPassing, isPassingStatus } from "#lib/providers/passing.ts";
import { parseRetryAfter } from "#lib/providers/retryAfter.ts";
import { providerWords } from "#lib/providers/words.ts";

export type Operation = "create" | "read" | "change";

const text = z.string().catch("");
const apiError = z.object({
  error: z.object({
    message: text,
    errors: z.array(z.object({ domain: text, reason: text })).catch([]),
    status: text,
    // Newer answers repeat the reason here, in capitals.
    details: z.array(z.object({ reason: text })).catch([]),
  }),
});
type ApiError = z.infer<typeof apiError>["error"];

/** A 404 or 410 with one of these reasons is Google's own. Any other comes from something on the way. */
const goneReasons = new Set(["notFound", "deleted", "NOT_FOUND"]);

/** The project may not use the API: it isn't enabled there, or the project is suspended, lacks billing or our rights. */
const projectReasons = new Set([
  "accessNotConfigured",
  "SERVICE_DISABLED",
  "CONSUMER_SUSPENDED",
  "CONSUMER_INVALID",
  "BILLING_DISABLED",
  "USER_PROJECT_DENIED",
]);
const ENABLE_URL = "https://console.cloud.google.com/apis/library/calendar-json.googleapis.com";

const isOfProject = ({ errors, details }: ApiError): boolean =>
  [...errors, ...details].some(({ reason }) => projectReasons.has(reason));

/** Google names the very page, which also says which project. No other page is passed on. */
const enableUrlIn = (message: string): string =>
  /https:\/\/console\.(developers|cloud)\.google\.com\/[\w./?=&%-]{1,300}/.exec(message)?.[0] ??
  ENABLE_URL;

/** A 403 in this domain, or with one of these reasons, is a limit and means the same as 429. */
const LIMITS = "usageLimits";
const limitReasons =
  /^(rateLimit|userRateLimit|quota|dailyLimit)Exceeded$|^RATE_LIMIT_|^RESOURCE_EXHAUSTED$/;

const isOfLimit = ({ errors, details, status }: ApiError): boolean =>
  errors.some(({ domain }) => domain === LIMITS) ||
  [...errors, ...details, { reason: status }].some(({ reason }) => limitReasons.test(reason));

/** Of requests that will always be refused. `INVALID_ARGUMENT` is how newer answers put the others. */
const invalidReasons = new Set([
  "invalid",
  "invalidParameter",
  "required",
  "badRequest",
  "parseError",
  "timeRangeEmpty",
  "conditionNotMet",
  "INVALID_ARGUMENT",
]);
const notAllowedReasons = new Set(["forbidden", "forbiddenForNonOrganizer", "requiredAccessLevel"]);

/**
 * What a refusal by the Calendar API means. According to Google's error guide a 403 is one of two things: a
 * limit (wait) or a missing permission (consent again). Only `reason` tells them apart.
 */
export function apiErrorOf(answer: Answer, operation: Operation, now: Date): ProviderError {
  const { status } = answer;
  const body = apiError.safeParse(answer.json).data?.error;
  const reason = body?.errors[0]?.reason || body?.details[0]?.reason || body?.status || "";
  const words = providerWords(body?.message || reason);
  const retryAt = parseRetryAfter(answer.headers.get("retry-after"), now);
  const error = answeredWith("Google", status, words);

  if (status === 403 && body && isOfProject(body)) {
    return error("api_disabled", { helpUrl: enableUrlIn(body.message) });
  }
  if (status === 429 || (status === 403 && body && isOfLimit(body))) {
    return error("rate_limited", { retryAt });
  }
  const isGoogles = body !== undefined && isOwn(status, reason);
  if (status >= 500 || status < 400 || !isGoogles) {
    // The event may have been written before the server failed.
    const code = operation === "create" && status >= 500 ? "outcome_unknown" : "unavailable";
    return error(code, { retryAt });
  }
  if (status === 401) return error("grant_revoked", { accessTokenRefused: true });
  return error(refusal(status, reason, words, operation), { retryAt });
}

const isOwn = (status: number, reason: string): boolean =>
  status === 404 || status === 410 ? goneReasons.has(reason) : reason !== "";

const isOfScope = (reason: string, words: string): boolean =>
  reason === "insufficientPermissions" || /insufficient.*scope/i.test(words);

/** Only reasons that are known say that the same request will always be refused. A zone's name may be newer than Google's. */
function refusal(
  status: number,
  reason: string,
  words: string,
  operation: Operation,
): ProviderErrorCode {
  if (status === 404 || status === 410) return operation === "create" ? "not_supported" : "gone";
  if (status === 403 && isOfScope(reason, words)) return "scope_missing";
  if (reason === "notACalendarUser") return "not_supported";
  if (status === 400 && /invalid conference type/i.test(words)) return "not_supported";
  if (isPassingStatus(status) || isPassing(words)) return "unavailable";
  if (status === 403 && notAllowedReasons.has(reason)) return "not_allowed";
  const isKnown = invalidReasons.has(reason) && !/time.?zone/i.test(words);
  return isKnown ? "invalid_request" : "refused";
}
