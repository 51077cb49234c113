/** What a refusal by Zoom's token or revocation endpoint means. */
import { z } from "zod";
import { answeredWith, type ProviderError, type ProviderErrorCode } from "#lib/providers/errors.ts";
import type { Answer } from "#lib/providers/http.ts";
import { isErrorName, isPassing } from "#lib/providers/passing.ts";
import { parseRetryAfter } from "#lib/providers/retryAfter.ts";
import { providerWords } from "#lib/providers/words.ts";
import { APPS_URL, clientCodes } from "#lib/providers/zoom/errors.ts";

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
    hasReason: body.reason !== undefined,
    reason:
      body.reason ??
      body.error_description ??
      body.message ??
      body.errorMessage ??
      body.error ??
      "",
  }));
type TokenError = z.infer<typeof tokenError>;

/** A code of Zoom's, an error's name, or a reason. A bare `message` is what gateways write. */
const isZooms = ({ error, code, hasReason }: TokenError, status: number): boolean =>
  !Number.isNaN(code) || hasReason || isErrorName(error, status);

/**
 * Only what Zoom itself refuses with 400 or 401 says anything of a grant; everything else passes.
 * A refusal in words that aren't known here is `invalid_request`: whoever refreshes takes it for lasting once it
 * has stayed for some time. So is a known one with 403, which gateways answer as well.
 */
export function tokenErrorOf(answer: Answer, now: Date): ProviderError {
  const { status } = answer;
  const body = tokenError.safeParse(answer.json).data;
  const retryAt = parseRetryAfter(answer.headers.get("retry-after"), now);
  const error = answeredWith("Zoom", status, providerWords(body?.reason ?? ""));
  if (status === 429) return error("rate_limited", { retryAt });
  const code =
    [400, 401, 403].includes(status) && body && isZooms(body, status)
      ? tokenRefusal(body)
      : "unavailable";
  if (code === "unavailable") return error(code, { retryAt });
  if (code === "client_refused") return error(code, { helpUrl: APPS_URL });
  if (status !== 403) return error(code);
  return code === "grant_revoked" ? error("invalid_request") : error("unavailable", { retryAt });
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

/** The number counts most, then the error's name, then the words people read, which Zoom has put under several names. */
function tokenRefusal({ error, code, reason }: TokenError): ProviderErrorCode {
  if (clientCodes.has(code)) return "client_refused";
  if (grantCodes.has(code)) return "grant_revoked";
  if (clientErrors.has(error)) return "client_refused";
  if (grantErrors.has(error)) return "grant_revoked";
  if (isPassing(`${error} ${reason}`)) return "unavailable";
  if (adminWords.test(reason)) return "grant_revoked";
  if (clientWords.test(reason)) return "client_refused";
  return grantWords.test(reason) ? "grant_revoked" : "invalid_request";
}
