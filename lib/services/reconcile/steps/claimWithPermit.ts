/** For a row that is there: the tokens, the turn, and only then the lease, which covers the call alone. */
import { ProviderError } from "#lib/providers/errors.ts";
import type { Meeting, MeetingState } from "#lib/records/meetings/rules.ts";
import { callInTurn } from "#lib/services/calls/callWithPermit.ts";
import { type GrantInHand, takeGrant } from "#lib/services/calls/grantSession.ts";
import {
  type Ask,
  giveBackTurn,
  type Turn,
  takeTurn,
  turnComes,
} from "#lib/services/calls/permits.ts";
import type { Context } from "#lib/services/context.ts";
import { type Claim, claimRow } from "./claim.ts";
import { postponeRow } from "./postpone.ts";

interface ClaimInTurn {
  hand: GrantInHand;
  claim: Claim;
  /** The one call. */
  inTurn: <T>(call: () => Promise<T>) => Promise<T>;
}

/** @returns the step's outcome where there is no call to make: put off (true), or somebody was quicker */
export async function claimInTurn(
  ctx: Context,
  seen: Meeting,
  ask: Ask,
  to?: MeetingState,
): Promise<ClaimInTurn | boolean> {
  if (seen.grant_id === null)
    throw new Error(`Meeting ${seen.id} was made by hand, without a grant`);
  const hand = await takeGrant(ctx, seen.grant_id);
  const turn = await takeTurn(ctx, hand, ask);
  if (turn instanceof ProviderError) return postponeRow(ctx, seen, turn);
  await turnComes(ctx, turn);
  const claim = await claimRow(ctx, seen, to);
  if (!claim) return unclaimed(ctx, turn);
  const inTurn = <T>(call: () => Promise<T>) => callInTurn(ctx, turn, seen.session_id, call);
  return { hand, claim, inTurn };
}

/** Somebody else was quicker, or the row has moved on: the turn goes to another. */
export async function unclaimed(ctx: Context, turn: Turn): Promise<false> {
  await giveBackTurn(ctx, turn);
  return false;
}
