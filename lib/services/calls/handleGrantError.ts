import { ProviderError } from "#lib/providers/errors.ts";
import type { Meeting } from "#lib/records/meetings/rules.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { type GrantSession, renewGrant } from "./grantSession.ts";
import { recordDeadGrant } from "./refreshGrant.ts";

/**
 * After this many tries, a refusal that repeats after a refresh is final: no further refresh will cure it.
 */
const REFUSED_FOR_GOOD = 4;

/**
 * Handles the grant after a failed call: a refused access token is refreshed, and a dead grant is recorded as
 * dead unless it got other tokens meanwhile. Never throws a provider's error: the row's own schedule goes on.
 */
export async function handleGrantError(
  ctx: Context,
  grantSession: GrantSession,
  error: ProviderError,
  row: Pick<Meeting, "attempts" | "error_code">,
): Promise<void> {
  if (error.class !== "reconnect") return;
  // The row still holds the error of the try before this one. While refreshes fail, nothing was cured in between: a
  // refused client or a token endpoint that is down says nothing about the grant.
  const isRefusedAgain =
    row.error_code === error.code &&
    row.attempts >= REFUSED_FOR_GOOD &&
    grantSession.grant.refresh_failures === 0;
  if (!error.accessTokenRefused || isRefusedAgain) {
    await recordDeadGrant(ctx, grantSession.grant, error);
    return;
  }
  try {
    await renewGrant(ctx, grantSession.grant);
  } catch (failed) {
    if (!(failed instanceof ProviderError)) throw failed;
    ctx.log.warn(
      { tutorId: grantSession.grant.tutor_id, code: failed.code, detail: failed.message },
      "New access tokens could not be had; tried again later",
    );
  }
}
