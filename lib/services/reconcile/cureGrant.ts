import { ProviderError } from "#lib/providers/errors.ts";
import type { Context } from "#lib/services/context.ts";
import { noteDeadGrant } from "#lib/services/refreshGrant.ts";
import { type GrantInHand, renewGrant } from "#lib/services/useGrant.ts";

/** Fresh access tokens that are refused this often in a row: no refresh will cure that. */
const REFUSED_FOR_GOOD = 4;

/**
 * After a failed call: a refused access token is refreshed, a dead grant is noted (unless it got
 * other tokens meanwhile). Never throws for the provider's sake: the row's own schedule goes on.
 */
export async function cureGrant(
  ctx: Context,
  hand: GrantInHand,
  error: ProviderError,
  attempts: number,
): Promise<void> {
  if (error.class !== "reconnect") return;
  if (!error.accessTokenRefused || attempts >= REFUSED_FOR_GOOD) {
    await noteDeadGrant(ctx, hand.grant, error);
    return;
  }
  try {
    await renewGrant(ctx, hand.grant);
  } catch (failed) {
    if (!(failed instanceof ProviderError)) throw failed;
    ctx.log.warn(
      { tutorId: hand.grant.tutor_id, code: failed.code, detail: failed.message },
      "New access tokens could not be had; tried again later",
    );
  }
}
