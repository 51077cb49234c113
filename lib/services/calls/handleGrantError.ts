import { ProviderError } from "#lib/providers/errors.ts";
import type { Meeting } from "#lib/records/meetings/rules.ts";
import type { Context } from "#lib/services/context.ts";
import { type GrantInHand, renewGrant } from "./grantSession.ts";
import { noteDeadGrant } from "./refreshGrant.ts";

/** No refresh will cure a refusal that came again after one, when this many tries were made. */
const REFUSED_FOR_GOOD = 4;

/**
 * After a failed call: a refused access token is refreshed, a dead grant is noted (unless it got
 * other tokens meanwhile). Never throws for the provider's sake: the row's own schedule goes on.
 */
export async function cureGrant(
  ctx: Context,
  hand: GrantInHand,
  error: ProviderError,
  row: Pick<Meeting, "attempts" | "error_code">,
): Promise<void> {
  if (error.class !== "reconnect") return;
  // The row still tells how the try before this one ended.
  const isRefusedAgain = row.error_code === error.code && row.attempts >= REFUSED_FOR_GOOD;
  if (!error.accessTokenRefused || isRefusedAgain) {
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
