import { z } from "zod";
import { answeredWith, type ProviderError } from "#lib/providers/errors.ts";
import type { Answer } from "#lib/providers/http.ts";
import { parseRetryAfter } from "#lib/providers/retryAfter.ts";
import { providerWords } from "#lib/providers/words.ts";

export type Operation = "create" | "read" | "change";

const apiError = z.object({
  error: z.object({
    message: z.string().default(""),
    errors: z.array(z.object({ reason: z.string().default("") })).default([]),
    status: z.string().default(""),
    // Newer answers repeat the reason here, in capitals.
    details: z
      .array(z.object({ reason: z.string().optional() }))
      .catch([])
      .default([]),
  }),
});

/** A 404 or 410 with one of these reasons is Google's own. Any other comes from something on the way. */
const goneReasons = new Set(["notFound", "deleted", "NOT_FOUND"]);

/** The project may not use the API: it isn't enabled there, or the project is suspended or lacks billing. */
const projectReasons = new Set([
  "accessNotConfigured",
  "SERVICE_DISABLED",
  "CONSUMER_SUSPENDED",
  "CONSUMER_INVALID",
  "BILLING_DISABLED",
]);
const ENABLE_URL = "https://console.cloud.google.com/apis/library/calendar-json.googleapis.com";
const CLIENTS_URL = "https://console.cloud.google.com/auth/clients";

const isOfProject = ({ errors, details }: z.infer<typeof apiError>["error"]): boolean =>
  [...errors, ...details].some(({ reason }) => projectReasons.has(reason ?? ""));

/** Google names the very page, which also says which project. No other page is passed on. */
const enableUrlIn = (message: string): string =>
  /https:\/\/console\.(developers|cloud)\.google\.com\/[\w./?=&%-]{1,300}/.exec(message)?.[0] ??
  ENABLE_URL;

/** A 403 with one of these reasons is a limit and means the same as 429. */
const rateReasons = new Set([
  "rateLimitExceeded",
  "userRateLimitExceeded",
  "quotaExceeded",
  "dailyLimitExceeded",
]);

/**
 * What a refusal by the Calendar API means. According to Google's error guide a 403 is one of two things: a
 * limit (wait) or a missing permission (consent again). Only `reason` tells them apart.
 */
export function apiErrorOf(answer: Answer, operation: Operation, now: Date): ProviderError {
  const { status } = answer;
  const body = apiError.safeParse(answer.json).data?.error;
  const reason = body?.errors[0]?.reason ?? "";
  const words = providerWords(body?.message || reason);
  const retryAt = parseRetryAfter(answer.headers.get("retry-after"), now);
  const error = answeredWith("Google", status, words);

  if (status === 429 || (status === 403 && rateReasons.has(reason))) {
    return error("rate_limited", { retryAt });
  }
  if (status === 403 && body && isOfProject(body)) {
    return error("api_disabled", { helpUrl: enableUrlIn(body.message) });
  }
  const isGoogles = body !== undefined && isOwn(status, reason || body.status);
  if (status >= 500 || status < 400 || !isGoogles) {
    // The event may have been written before the server failed.
    const code = operation === "create" && status >= 500 ? "outcome_unknown" : "unavailable";
    return error(code, { retryAt });
  }
  if (status === 401) return error("grant_revoked", { accessTokenRefused: true });
  return error(refusal(status, reason, words, operation));
}

const isOwn = (status: number, reason: string): boolean =>
  status === 404 || status === 410 ? goneReasons.has(reason) : reason !== "";

function refusal(status: number, reason: string, words: string, operation: Operation) {
  if (status === 403) {
    if (reason === "insufficientPermissions" || /insufficient.*scope/i.test(words)) {
      return "scope_missing";
    }
    return reason === "notACalendarUser" ? "not_supported" : "not_allowed";
  }
  if (status === 404 || status === 410) return operation === "create" ? "not_supported" : "gone";
  if (status === 400 && /invalid conference type/i.test(words)) return "not_supported";
  return "invalid_request";
}

const tokenError = z.object({ error: z.string(), error_description: z.string().optional() });

/** The ways in which Google says that this consent has ended. */
const deadGrant = new Set(["invalid_grant", "admin_policy_enforced", "invalid_token"]);
/** Our registration at Google is refused, not anybody's consent. */
const refusedClient = new Set([
  "invalid_client",
  "unauthorized_client",
  "deleted_client",
  "disabled_client",
  "org_internal",
]);

/** What a refusal by the token or revocation endpoint means. */
export function tokenErrorOf(answer: Answer, now: Date): ProviderError {
  const { status } = answer;
  const body = tokenError.safeParse(answer.json).data;
  const error = answeredWith(
    "Google",
    status,
    providerWords(body?.error_description ?? body?.error ?? ""),
  );
  const retryAt = parseRetryAfter(answer.headers.get("retry-after"), now);
  if (status === 429) return error("rate_limited", { retryAt });
  if (status >= 500 || status < 400 || !body) return error("unavailable", { retryAt });
  if (deadGrant.has(body.error)) return error("grant_revoked");
  if (refusedClient.has(body.error)) return error("client_refused", { helpUrl: CLIENTS_URL });
  // Words that aren't known here: whoever refreshes takes them for lasting once they have stayed for some time.
  return error("invalid_request");
}
