import { ProviderError } from "#lib/providers/errors.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { callWithGrant, type GrantSession } from "./grantSession.ts";
import { handleGrantError } from "./handleGrantError.ts";
import type { Ask } from "./permits.ts";

/**
 * Asks the provider something that changes nothing, with a permit. What the answer says of the grant is recorded too.
 */
export async function askProvider<T>(
  ctx: Context,
  grantId: string,
  ask: Ask & { by: string },
  question: (grantSession: GrantSession) => Promise<T>,
): Promise<T> {
  let used: GrantSession | undefined;
  try {
    return await callWithGrant(ctx, grantId, ask, (grantSession) => {
      used = grantSession;
      return question(grantSession);
    });
  } catch (error) {
    // By now a refused token has been refreshed once.
    const isOfCall = used !== undefined && error instanceof ProviderError;
    if (isOfCall && used) await handleGrantError(ctx, used, error, { isNew: false });
    throw error;
  }
}
