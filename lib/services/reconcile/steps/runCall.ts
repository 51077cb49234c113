/** What every call about a row goes through: the tokens, the permit, the lease, the call, and the record of its answer. */
import { ProviderError } from "#lib/providers/errors.ts";
import { believedRefusal, type Meeting, type MeetingState } from "#lib/records/meetings/rules.ts";
import { callWithPermit } from "#lib/services/calls/callWithPermit.ts";
import { type GrantSession, openGrant } from "#lib/services/calls/grantSession.ts";
import {
  type Ask,
  acquirePermit,
  awaitPermit,
  releasePermit,
} from "#lib/services/calls/permits.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { type Claim, claimRow } from "./claim.ts";
import { postponeRow } from "./postpone.ts";

/** A row as the snapshot shows it, and its turn. */
export interface Turn {
  row: Meeting;
  /** Whether it is about the account that the tutor is connected to now. Among its calls alone the order matters. */
  isInOrder: boolean;
  /** Call it as soon as the next step may ask for its own permit. Permits are given out in the order of the steps. */
  over: () => void;
}

export interface Call<Answer> {
  ask: Ask;
  /** The state that the row is in while the call is under way. */
  to?: MeetingState;
  make: (grantSession: GrantSession, claim: Claim) => Promise<Answer>;
  /** @returns false where another attempt owns the row by now */
  answered: (claim: Claim, answer: Answer, grantSession: GrantSession) => Promise<boolean>;
  failed: (claim: Claim, error: ProviderError, grantSession: GrantSession) => Promise<void>;
}

/**
 * Whatever takes long comes first: the lease of the row covers the call and nothing before it.
 * @returns false where nothing came of it: somebody else was quicker, or the row has moved on
 */
export async function runCall<Answer>(
  ctx: Context,
  { row: seen, isInOrder, over }: Turn,
  { ask, to, make, answered, failed }: Call<Answer>,
): Promise<boolean> {
  if (seen.grant_id === null)
    throw new Error(`Meeting ${seen.id} was made by hand, without a grant`);
  // A former account whose tokens have to be refreshed first, or can't be, holds up no call to the present one.
  if (!isInOrder) over();
  const grantSession = await openGrant(ctx, seen.grant_id);
  const permit = await acquirePermit(ctx, grantSession, ask);
  const isRefused = permit instanceof ProviderError;
  if (!isRefused) await awaitPermit(ctx, permit);
  over();
  if (isRefused) return postponeRow(ctx, seen, permit);
  const isCreate = ask.kind === "create";
  const claim = await claimRow(ctx, seen, { ...(to && { to }), isCreate });
  if (!claim) {
    await releasePermit(ctx, permit);
    return false;
  }
  let answer: Answer;
  try {
    const call = () => make(grantSession, claim);
    answer = await callWithPermit(ctx, permit, seen.session_id, call);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    await failed(claim, believedRefusal(claim.row, error, ctx.clock()), grantSession);
    return true;
  }
  return answered(claim, answer, grantSession);
}
