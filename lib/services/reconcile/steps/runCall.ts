/** What every call about a row goes through: the tokens, the permit, the lease, the call, and the record of its answer. */
import { asService, type Trx } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import { believedRefusal, type Meeting, type MeetingState } from "#lib/records/meetings/rules.ts";
import { placeCall, recordAnswer } from "#lib/services/calls/callWithPermit.ts";
import { type GrantSession, openWithPermit } from "#lib/services/calls/grantSession.ts";
import { type Ask, awaitPermit, type Permit, releasePermit } from "#lib/services/calls/permits.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { type Claim, claimRow } from "./claim.ts";
import { postponeRow } from "./postpone.ts";

/** What the others of the run hear of a step. */
export interface Place {
  /** Call it as soon as the next step may ask for its own permit. Permits are given out in the order of the steps. */
  over: () => void;
  /** Call it as soon as the call's answer is there: another call may take its place while that is written down. */
  ended: () => void;
}

/** A row as the snapshot shows it, and its turn. */
export interface Turn extends Place {
  row: Meeting;
  /** Whether it is about the account that the tutor is connected to now. Among its calls alone the order matters. */
  isInOrder: boolean;
}

export interface Call<Answer> {
  ask: Ask;
  /** The state that the row is in while the call is under way. */
  to?: MeetingState;
  make: (grantSession: GrantSession, claim: Claim) => Promise<Answer>;
  /**
   * @param alongside records what the answer says of the provider, for a transaction that is open anyway. Left out, that
   *   is done afterwards.
   * @returns false where another attempt owns the row by now
   */
  answered: (
    claim: Claim,
    answer: Answer,
    grantSession: GrantSession,
    alongside: Alongside,
  ) => Promise<boolean>;
  failed: (claim: Claim, error: ProviderError, grantSession: GrantSession) => Promise<void>;
}

export type Alongside = (trx: Trx) => Promise<void>;

/**
 * Whatever takes long comes first: the lease of the row covers the call and nothing before it.
 * @returns false where nothing came of it: somebody else was quicker, or the row has moved on
 */
export async function runCall<Answer>(
  ctx: Context,
  { row: seen, isInOrder, over, ended }: Turn,
  { ask, to, make, answered, failed }: Call<Answer>,
): Promise<boolean> {
  if (seen.grant_id === null)
    throw new Error(`Meeting ${seen.id} was made by hand, without a grant`);
  // A former account whose tokens have to be refreshed first, or can't be, holds up no call to the present one.
  if (!isInOrder) over();
  const { grantSession, permit } = await openWithPermit(ctx, seen.grant_id, ask);
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
    answer = await placeCall(ctx, permit, { by: seen.session_id, ended }, call);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    await failed(claim, believedRefusal(claim.row, error, ctx.clock()), grantSession);
    return true;
  }
  return recorded(ctx, permit, (alongside) => answered(claim, answer, grantSession, alongside));
}

/** The provider has answered, whatever becomes of what is written about the lesson. */
async function recorded<T>(
  ctx: Context,
  permit: Permit,
  write: (alongside: Alongside) => Promise<T>,
): Promise<T> {
  const record = (trx: Trx) => recordAnswer(ctx, trx, permit);
  let isAlongside = false;
  let isWritten = false;
  try {
    const written = await write((trx) => {
      isAlongside = true;
      return record(trx);
    });
    isWritten = true;
    return written;
  } finally {
    if (!isWritten || !isAlongside) await asService(ctx.db, record);
  }
}
