/** For a row that is there: the tokens, the turn, and only then the lease, which covers the call alone. */
import { ProviderError } from "#lib/providers/errors.ts";
import type { Meeting, MeetingState } from "#lib/records/meetings/rules.ts";
import { callWithPermit } from "#lib/services/calls/callWithPermit.ts";
import { type GrantSession, openGrant } from "#lib/services/calls/grantSession.ts";
import {
  type Ask,
  acquirePermit,
  awaitPermit,
  type Permit,
  releasePermit,
} from "#lib/services/calls/permits.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { type Claim, claimRow } from "./claim.ts";
import { postponeRow } from "./postpone.ts";

interface ClaimWithPermit {
  grantSession: GrantSession;
  claim: Claim;
  /** The one call. */
  withPermit: <T>(call: () => Promise<T>) => Promise<T>;
}

/** @returns the step's outcome where there is no call to make: put off (true), or somebody was quicker */
export async function claimWithPermit(
  ctx: Context,
  seen: Meeting,
  ask: Ask,
  to?: MeetingState,
): Promise<ClaimWithPermit | boolean> {
  if (seen.grant_id === null)
    throw new Error(`Meeting ${seen.id} was made by hand, without a grant`);
  const grantSession = await openGrant(ctx, seen.grant_id);
  const permit = await acquirePermit(ctx, grantSession, ask);
  if (permit instanceof ProviderError) return postponeRow(ctx, seen, permit);
  await awaitPermit(ctx, permit);
  const claim = await claimRow(ctx, seen, to);
  if (!claim) return unclaimed(ctx, permit);
  const withPermit = <T>(call: () => Promise<T>) =>
    callWithPermit(ctx, permit, seen.session_id, call);
  return { grantSession, claim, withPermit };
}

/** Somebody else was quicker, or the row has moved on: the turn goes to another. */
export async function unclaimed(ctx: Context, permit: Permit): Promise<false> {
  await releasePermit(ctx, permit);
  return false;
}
