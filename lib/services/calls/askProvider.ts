import { ProviderError } from "#lib/providers/errors.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { callWithGrant, type GrantSession } from "./grantSession.ts";
import type { Ask } from "./permits.ts";
import { recordDeadGrant } from "./refreshGrant.ts";

/**
 * Asks the provider something that changes nothing, with a permit. If the provider calls the grant dead, that
 * is recorded too.
 */
export const askProvider = <T>(
  ctx: Context,
  grantId: string,
  ask: Ask & { by: string },
  question: (grantSession: GrantSession) => Promise<T>,
): Promise<T> =>
  callWithGrant(ctx, grantId, ask, async (grantSession) => {
    try {
      return await question(grantSession);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      const isDead = error.class === "reconnect" && !error.accessTokenRefused;
      if (isDead) await recordDeadGrant(ctx, grantSession.grant, error);
      throw error;
    }
  });
