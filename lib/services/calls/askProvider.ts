import { ProviderError } from "#lib/providers/errors.ts";
import type { Context } from "#lib/services/context.ts";
import { type GrantInHand, useGrant } from "./grantSession.ts";
import type { Ask } from "./permits.ts";
import { noteDeadGrant } from "./refreshGrant.ts";

/** A question that changes nothing, in its turn. A grant that the provider calls dead is noted as such by the way. */
export const askProvider = <T>(
  ctx: Context,
  grantId: string,
  ask: Ask & { by: string },
  question: (hand: GrantInHand) => Promise<T>,
): Promise<T> =>
  useGrant(ctx, grantId, ask, async (hand) => {
    try {
      return await question(hand);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      const isDead = error.class === "reconnect" && !error.accessTokenRefused;
      if (isDead) await noteDeadGrant(ctx, hand.grant, error);
      throw error;
    }
  });
