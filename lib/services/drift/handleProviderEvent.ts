/** Handles what a provider reports unasked. An event is only a reason to ask; what counts is the answer. */
import { asService } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import { grantsOfAccount } from "#lib/records/grants/queries/active.ts";
import { markRoomForCheck } from "#lib/records/meetings/queries/checks.ts";
import { readGrant } from "#lib/services/calls/grantTokens.ts";
import { refreshGrant } from "#lib/services/calls/refreshGrant.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";

/**
 * Somebody has changed or deleted a room. Idempotent; does nothing for a room that no lesson of ours uses.
 */
export async function handleChangedRoom(
  ctx: Context,
  provider: ProviderId,
  externalId: string,
): Promise<void> {
  const tutorIds = await asService(ctx.db, async (trx) => {
    const ids = await markRoomForCheck(trx, { provider, externalId, now: ctx.clock() });
    for (const id of ids) await ctx.nudge(trx, id);
    return ids;
  });
  for (const tutorId of tutorIds) {
    ctx.log.info({ tutorId, provider }, "The provider says that a room has changed; it is checked");
  }
}

/**
 * The account's owner has removed our app. Such an event may arrive late, after a new consent. So new tokens
 * are requested, and only the provider's refusal ends the connection. Idempotent.
 * @throws Refusal `unavailable` while the provider gives no answer; the sender of the event then sends it
 * again
 */
export async function handleDeauthorized(
  ctx: Context,
  provider: ProviderId,
  accountUserId: string,
): Promise<void> {
  const grantIds = await asService(ctx.db, (trx) =>
    grantsOfAccount(trx, { provider, accountUserId }),
  );
  for (const grantId of grantIds) await proveAlive(ctx, grantId);
}

async function proveAlive(ctx: Context, grantId: string): Promise<void> {
  try {
    await refreshGrant(ctx, await readGrant(ctx, grantId));
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.class === "reconnect") {
      ctx.log.info({ grantId }, "The account's owner has removed Segue; the connection is dead");
      return;
    }
    throw Object.assign(new Refusal("unavailable", "providerSilent"), {
      cause: error,
    });
  }
}
