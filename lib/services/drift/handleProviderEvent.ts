/** Handles what a provider reports unasked. An event is only a reason to ask; what counts is the answer. */
import { asService } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import type { ProviderId, SaidOfRoom } from "#lib/providers/provider.ts";
import { grantsOfAccount } from "#lib/records/grants/queries/active.ts";
import { liveRooms, markRoomForCheck } from "#lib/records/meetings/queries/checks.ts";
import type { Meeting } from "#lib/records/meetings/rules.ts";
import { readGrant } from "#lib/services/calls/grantTokens.ts";
import { refreshGrant } from "#lib/services/calls/refreshGrant.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { compareRoom, isNothing } from "./compareRoom.ts";

/**
 * Somebody has changed or deleted a room. Idempotent; does nothing for a room that no lesson of ours uses, nor for an
 * event that only says what we know, such as that of our own change.
 */
export async function handleChangedRoom(
  ctx: Context,
  provider: ProviderId,
  { externalId, said }: { externalId: string; said: SaidOfRoom | null },
): Promise<void> {
  const tutorIds = await asService(ctx.db, async (trx) => {
    const rooms = await liveRooms(trx, { provider, externalId });
    const news = rooms.filter((room) => said === null || !isKnown(ctx, room, said));
    for (const room of news) {
      await markRoomForCheck(trx, room.id, ctx.clock());
      await ctx.nudge(trx, room.tutor_id);
    }
    return news.map((room) => room.tutor_id);
  });
  for (const tutorId of tutorIds) {
    ctx.log.info({ tutorId, provider }, "The provider says that a room has changed; it is checked");
  }
}

function isKnown(ctx: Context, room: Meeting, said: SaidOfRoom): boolean {
  if (!ctx.providers.has(room.provider)) return false;
  const found = {
    state: "ready" as const,
    externalId: room.external_id ?? room.key,
    joinUrl: room.join_url ?? "",
    // Such an event has no word of it: a change of it comes as one that may mean anything.
    passcode: undefined,
    startsAt: said.startsAt ?? room.answered_starts_at ?? room.starts_at,
    title: said.title ?? room.answered_title ?? room.title,
  };
  const { titleLength } = ctx.providers.get(room.provider).budget;
  return (
    (said.durationMinutes ?? room.duration_minutes) === room.duration_minutes &&
    isNothing(compareRoom(room, found, titleLength))
  );
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
  const proofs = await Promise.allSettled(grantIds.map((grantId) => proveAlive(ctx, grantId)));
  const failed = proofs.find((proof) => proof.status === "rejected");
  if (failed) throw failed.reason;
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
