/**
 * Makes a call that holds a permit, and records what its outcome says about the provider, its limits and our
 * plan there.
 */
import { addSeconds, earliest, nextUtcMidnight } from "#lib/platform/clock.ts";
import { asService, type Trx } from "#lib/platform/db.ts";
import { LONGEST_FOR_OTHERS_SECONDS } from "#lib/providers/believed.ts";
import { ProviderError, type ProviderErrorCode } from "#lib/providers/errors.ts";
import {
  closeCircuits,
  countFailure,
  recordFailedProbe,
} from "#lib/records/budgets/queries/circuits.ts";
import { storePlan } from "#lib/records/budgets/queries/plans.ts";
import { holdPace, openBudgets } from "#lib/records/budgets/queries.ts";
import {
  dayLimitsOf,
  FAILURES_UNTIL_OPEN,
  pacesToHold,
  pauseKeyOf,
  probeAfterSeconds,
} from "#lib/records/budgets/rules.ts";
import { noteAccessRefused } from "#lib/records/grants/queries/refresh.ts";
import { resolveTrouble } from "#lib/records/operator/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { accountLimit } from "./accountLimit.ts";
import { noticeOperatorTrouble } from "./operatorTroubles.ts";
import { type Permit, releasePermit } from "./permits.ts";

const outageCodes = new Set<ProviderErrorCode>(["unavailable", "timeout", "outcome_unknown"]);

/**
 * The provider did answer if it couldn't make the conference (`keySpent`) or sent a body that can't be read.
 */
const isOutage = ({ code, status, keySpent }: ProviderError): boolean =>
  outageCodes.has(code) && !keySpent && (status === undefined || status >= 500);

/** Nobody knows how far these calls came, so the provider may have counted them. */
const mayCount = new Set<ProviderErrorCode>(["timeout", "outcome_unknown", "daily_limit"]);

/** How long to hold the pace when the provider says "too fast" and gives no date. */
const HOLD_SECONDS = 1;
const CLOCKS_APART_SECONDS = 5;

export interface Called {
  /** The lesson that the call is about. */
  by: string;
  /** Called once the answer is there, before it is written down: from here on another call may take its place. */
  ended?: () => void;
}

/** Returns or throws what the call does. */
export async function callWithPermit<T>(
  ctx: Context,
  permit: Permit,
  called: Called,
  call: () => Promise<T>,
): Promise<T> {
  const answer = await placeCall(ctx, permit, called, call);
  if (!permit.isFree) await asService(ctx.db, (trx) => recordAnswer(ctx, trx, permit));
  return answer;
}

/**
 * The same, but an answer is left to the caller to record (`recordAnswer`), with whatever else it writes. A refusal that
 * is about how many calls were under way says so (`oneTooMany`).
 */
export async function placeCall<T>(
  ctx: Context,
  permit: Permit,
  { by, ended }: Called,
  call: () => Promise<T>,
): Promise<T> {
  if (permit.isFree) return call().finally(ended);
  const { provider } = permit.grantSession;
  const limit = accountLimit(ctx, provider, permit.caller.userId);
  const underWay = limit.begin(permit.kind, ctx.clock().getTime());
  try {
    const answer = await call();
    limit.end(underWay, "answered", ctx.clock().getTime());
    ended?.();
    return answer;
  } catch (thrown) {
    const isTooFast = thrown instanceof ProviderError && thrown.code === "rate_limited";
    const outcome = isTooFast ? "refused" : "failed";
    const wereTooMany = limit.end(underWay, outcome, ctx.clock().getTime());
    // A token that was refused is refused to the next call, too, until another one is there.
    const isTokenRefused = thrown instanceof ProviderError && thrown.accessTokenRefused;
    if (!isTokenRefused) ended?.();
    if (!(thrown instanceof ProviderError)) {
      await releasePermit(ctx, permit);
      throw thrown;
    }
    // A date that the provider names is obeyed whatever the cause.
    const oneTooMany = wereTooMany && thrown.retryAt === undefined;
    const error = oneTooMany ? thrown.with({ oneTooMany }) : thrown;
    await recordFailure(ctx, permit, by, error);
    throw error;
  }
}

/** What an answer says of the provider, of the grant and of our plan there. */
export async function recordAnswer(ctx: Context, trx: Trx, permit: Permit): Promise<void> {
  if (permit.isFree) return;
  await recordReached(ctx, trx, permit);
  const { grant, provider } = permit.grantSession;
  if (grant.access_refused_since !== null) await noteAccessRefused(trx, grant.grant_id, null);
  await resolveTrouble(trx, provider.id, "api_disabled", ctx.clock());
}

/** The provider answers, be it with a refusal. */
async function recordReached(
  ctx: Context,
  trx: Trx,
  { grantSession, caller, kind, plan }: Permit,
): Promise<void> {
  await closeCircuits(trx, { provider: grantSession.provider.id, kind, userId: caller.userId });
  const { organisationId } = caller;
  const learnt = grantSession.seen.plan;
  if (learnt === null || learnt === plan || organisationId === null) return;
  const now = ctx.clock();
  await storePlan(trx, { provider: grantSession.provider.id, organisationId, plan: learnt, now });
}

async function recordFailure(
  ctx: Context,
  permit: Permit,
  by: string,
  error: ProviderError,
): Promise<void> {
  if (isOutage(error)) await recordOutage(ctx, permit, by);
  else await asService(ctx.db, (trx) => recordReached(ctx, trx, permit));
  await noticeOperatorTrouble(ctx, permit.grantSession.provider.id, error);
  if (error.code === "daily_limit") await obeyDay(ctx, permit, error);
  // Fewer at once are the answer to too many at once.
  if (error.code === "rate_limited" && !error.oneTooMany) await holdPaces(ctx, permit, error);
  if (!mayCount.has(error.code)) await releasePermit(ctx, permit);
}

async function recordOutage(ctx: Context, permit: Permit, by: string): Promise<void> {
  const { id: provider, label } = permit.grantSession.provider;
  const { probe, kind } = permit;
  const { userId } = permit.caller;
  const { grant_id: grantId } = permit.grantSession.grant;
  const now = ctx.clock();
  const failures = probe ? probe.failures + 1 : FAILURES_UNTIL_OPEN;
  const openUntil = addSeconds(now, probeAfterSeconds(failures, ctx.random()));
  const isOpened = await asService(ctx.db, async (trx) => {
    if (!probe) return countFailure(trx, { provider, kind, userId, by, grantId, openUntil });
    await recordFailedProbe(trx, { provider, kind, userId, probeUntil: probe.until, openUntil });
    return false;
  });
  if (isOpened)
    ctx.log.warn({ provider, until: openUntil }, `${label} doesn't answer; it is probed`);
}

/**
 * Holds the day that the answer speaks of, as far as the permit counts against it, until our midnight (UTC). If the
 * provider names an earlier time, its clock lags ours: its old day is still full, our new day isn't, so only this lesson
 * waits.
 */
async function obeyDay(
  ctx: Context,
  permit: Permit,
  { retryAt, ofLimit }: ProviderError,
): Promise<void> {
  const now = ctx.clock();
  if (retryAt && addSeconds(retryAt, CLOCKS_APART_SECONDS) < nextUtcMidnight(now)) {
    return;
  }
  const until = nextUtcMidnight(new Date(permit.day));
  await asService(ctx.db, async (trx) => {
    for (const { name, key } of dayLimitsOf(permit.caller, permit.limits, permit.kind)) {
      if (ofLimit !== undefined && ofLimit !== name) continue;
      await holdPace(trx, { key, until, burstMs: 0 });
    }
  });
}

/**
 * The answer concerns the user whose call it refused, who waits for as long as it says. What others share is held
 * for seconds at most.
 */
async function holdPaces(ctx: Context, permit: Permit, error: ProviderError): Promise<void> {
  const now = ctx.clock();
  const until = error.retryAt ?? addSeconds(now, HOLD_SECONDS);
  const untilForOthers = earliest(until, addSeconds(now, LONGEST_FOR_OTHERS_SECONDS)) ?? until;
  const { caller, limits, kind } = permit;
  const key = pauseKeyOf(caller);
  await asService(ctx.db, async (trx) => {
    // An urgent call needs no such row, so there may be none yet.
    await openBudgets(trx, [key]);
    await holdPace(trx, { key, until, burstMs: 0 });
  });
  await asService(ctx.db, async (trx) => {
    for (const { key, burstMs } of pacesToHold(caller, limits, kind, error.ofOrganisation)) {
      await holdPace(trx, { key, until: untilForOthers, burstMs });
    }
  });
}
