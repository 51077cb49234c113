/** What a refusal by Google's token or revocation endpoint means. */
import { z } from "zod";
import { answeredWith, type ProviderError } from "#lib/providers/errors.ts";
import type { Answer } from "#lib/providers/http.ts";
import { isErrorName, isPassing } from "#lib/providers/passing.ts";
import { parseRetryAfter } from "#lib/providers/retryAfter.ts";
import { providerWords } from "#lib/providers/words.ts";

const CLIENTS_URL = "https://console.cloud.google.com/auth/clients";

const tokenError = z.object({ error: z.string(), error_description: z.string().catch("") });

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

/**
 * Only what Google itself refuses with 400 or 401 says anything of a grant; everything else passes. Words that aren't
 * known here are `invalid_request`: whoever refreshes takes them for lasting once they have stayed for some time. So
 * are known ones with 403, which gateways answer as well.
 */
export function tokenErrorOf(answer: Answer, now: Date): ProviderError {
  const { status } = answer;
  const body = tokenError.safeParse(answer.json).data;
  const name = body?.error ?? "";
  const said = body?.error_description ?? "";
  const error = answeredWith("Google", status, providerWords(said || name));
  const retryAt = parseRetryAfter(answer.headers.get("retry-after"), now);
  if (status === 429) return error("rate_limited", { retryAt });
  if (![400, 401, 403].includes(status) || !isErrorName(name, status)) {
    return error("unavailable", { retryAt });
  }
  if (refusedClient.has(name)) return error("client_refused", { helpUrl: CLIENTS_URL });
  if (deadGrant.has(name)) return error(status === 403 ? "invalid_request" : "grant_revoked");
  if (status === 403 || isPassing(`${name} ${said}`)) return error("unavailable", { retryAt });
  return error("invalid_request");
}
