/** The call of a turn, and what its outcome says about the provider, its limits and our plan there. */
import { addSeconds } from "#lib/platform/clock.ts";
import { asService, type Trx } from "#lib/platform/db.ts";
import { ProviderError, type ProviderErrorCode } from "#lib/providers/errors.ts";
import { nextUtcMidnight } from "#lib/providers/retryAfter.ts";
import {
  closeCircuit,
  countFailure,
  noteFailedProbe,
} from "#lib/records/budgets/queries/circuits.ts";
import { storePlan } from "#lib/records/budgets/queries/plans.ts";
import { fillDay, holdPace } from "#lib/records/budgets/queries.ts";
import {
  dayLimitsOf,
  FAILURES_UNTIL_OPEN,
  pacesToHold,
  probeAfterSeconds,
} from "#lib/records/budgets/rules.ts";
import type { Context } from "#lib/services/context.ts";
import { giveBackTurn, type Turn } from "./permits.ts";

const silences = new Set<ProviderErrorCode>(["unavailable", "timeout", "outcome_unknown"]);

/** A conference that couldn't be made (`keySpent`), or an answer that can't be read, is an answer. */
const isSilence = ({ code, status, keySpent }: ProviderError): boolean =>
  silences.has(code) && !keySpent && (status === undefined || status >= 500);

/** It may have been counted at the provider: nobody knows how far it came. */
const mayCount = new Set<ProviderErrorCode>(["timeout", "outcome_unknown", "daily_limit"]);

/** Where the provider says "too fast" and no date. */
const HOLD_SECONDS = 1;
const CLOCKS_APART_SECONDS = 5;

/** Passes on what the call brings. `by`: the lesson that it is about. */
export async function callInTurn<T>(
  ctx: Context,
  turn: Turn,
  by: string,
  call: () => Promise<T>,
): Promise<T> {
  if (turn.isFree) return call();
  let answer: T;
  try {
    answer = await call();
  } catch (error) {
    if (error instanceof ProviderError) await noteFailure(ctx, turn, by, error);
    else await giveBackTurn(ctx, turn);
    throw error;
  }
  await asService(ctx.db, (trx) => noteAnswer(ctx, trx, turn));
  return answer;
}

async function noteAnswer(ctx: Context, trx: Trx, { hand, caller, plan }: Turn): Promise<void> {
  await closeCircuit(trx, hand.provider.id);
  const { organisationId } = caller;
  const learnt = hand.seen.plan;
  if (learnt === null || learnt === plan || organisationId === null) return;
  const now = ctx.clock();
  await storePlan(trx, { provider: hand.provider.id, organisationId, plan: learnt, now });
}

async function noteFailure(
  ctx: Context,
  turn: Turn,
  by: string,
  error: ProviderError,
): Promise<void> {
  if (isSilence(error)) await noteSilence(ctx, turn, by);
  else await asService(ctx.db, (trx) => noteAnswer(ctx, trx, turn));
  if (error.code === "daily_limit") await obeyDay(ctx, turn, error);
  if (error.code === "rate_limited") {
    await holdPaces(ctx, turn, error.retryAt ?? addSeconds(ctx.clock(), HOLD_SECONDS));
  }
  if (!mayCount.has(error.code)) await giveBackTurn(ctx, turn);
}

async function noteSilence(ctx: Context, turn: Turn, by: string): Promise<void> {
  const { id: provider, label } = turn.hand.provider;
  const { probe } = turn;
  const now = ctx.clock();
  const failures = probe ? probe.failures + 1 : FAILURES_UNTIL_OPEN;
  const openUntil = addSeconds(now, probeAfterSeconds(failures, ctx.random()));
  const isOpened = await asService(ctx.db, async (trx) => {
    if (!probe) return countFailure(trx, { provider, by, openUntil });
    await noteFailedProbe(trx, { provider, probeUntil: probe.until, openUntil });
    return false;
  });
  if (isOpened)
    ctx.log.warn({ provider, until: openUntil }, `${label} doesn't answer; it is probed`);
}

/**
 * Full until our midnight, unless the provider names an earlier date: then the day that it speaks of isn't
 * over by its clock, but is by ours, and the new one must not be thought full. The lesson alone waits.
 */
async function obeyDay(ctx: Context, turn: Turn, { retryAt }: ProviderError): Promise<void> {
  const now = ctx.clock();
  if (retryAt && addSeconds(retryAt, CLOCKS_APART_SECONDS) < nextUtcMidnight(now)) {
    return;
  }
  await asService(ctx.db, async (trx) => {
    for (const { key, calls } of dayLimitsOf(turn.caller, turn.limits, turn.kind)) {
      await fillDay(trx, { key, calls, day: turn.day });
    }
  });
}

const holdPaces = (ctx: Context, turn: Turn, until: Date): Promise<void> =>
  asService(ctx.db, async (trx) => {
    for (const { key, burstMs } of pacesToHold(turn.caller, turn.limits, turn.kind)) {
      await holdPace(trx, { key, until, burstMs });
    }
  });
