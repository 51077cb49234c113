import { backoffSeconds } from "#lib/platform/backoff.ts";
import { addSeconds } from "#lib/platform/clock.ts";
import type { ProviderError } from "#lib/providers/errors.ts";
import type { Meeting } from "#lib/records/meetings/rules.ts";
import type { GrantSession } from "#lib/services/calls/grantSession.ts";
import type { Context } from "#lib/services/verb/context.ts";

/** When a create that failed is tried again. */
export function createRetryAt(
  ctx: Context,
  row: Meeting,
  grantSession: GrantSession,
  error: ProviderError,
  outcomeStillUnknown: boolean,
): Date {
  const now = ctx.clock();
  if (error.retryAt) return error.retryAt;
  // The first refused access token is cured by a refresh, at once.
  if (error.accessTokenRefused && row.attempts <= 1) return now;
  const firstLook = grantSession.provider.lookupDelays[0];
  // Only after a create; a look that failed itself comes again more and more rarely.
  if (error.code === "outcome_unknown" && !outcomeStillUnknown && firstLook !== undefined) {
    return addSeconds(now, firstLook);
  }
  return addSeconds(now, backoffSeconds(row.attempts, ctx.random()));
}
