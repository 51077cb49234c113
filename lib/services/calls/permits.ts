/**
 * Permits decide which process may call a provider, and when. A permit is acquired, and its pace waited for,
 * before a row's lease is taken, because a lease covers one call and nothing else.
 */

import { addSeconds, nextUtcMidnight } from "#lib/platform/clock.ts";
import { asService, type Trx } from "#lib/platform/db.ts";
import { CALL_LEASE_SECONDS } from "#lib/platform/patience.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import type { CallKind, Limit, VideoProvider } from "#lib/providers/provider.ts";
import { dropProbe } from "#lib/records/budgets/queries/circuits.ts";
import { planOf } from "#lib/records/budgets/queries/plans.ts";
import {
  giveBackDay,
  openBudgets,
  type PermitDecision,
  takeCosts,
} from "#lib/records/budgets/queries.ts";
import {
  type Caller,
  costsOf,
  dayLimitsOf,
  utcDay,
  WHILE_PROBED_SECONDS,
} from "#lib/records/budgets/rules.ts";
import type { Grant } from "#lib/records/grants/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";

export interface Ask {
  kind: CallKind;
  /**
   * Whether it may use the reserved part of the day: without it a lesson would have no room, or a wrong one.
   */
  reserved?: boolean;
  /** Its lesson is about to start without a room: it goes whatever pause the provider has asked for. */
  urgent?: boolean;
  /** How long the call may wait for the pace, in seconds. A permit that comes later than this is refused. */
  patienceSeconds?: number;
  /** The call is counted, but never waits and is never refused: somebody is waiting at the door. */
  always?: boolean;
}

export interface Permit {
  grantSession: OpenGrant;
  kind: CallKind;
  caller: Caller;
  limits: readonly Limit[];
  plan: string | null;
  goAt: Date;
  day: string;
  /** Nothing is counted, because the call costs nothing under any limit. */
  isFree: boolean;
  /** Set when this call probes whether the provider is back. `until` fences what the probe finds. */
  probe: { until: Date; failures: number } | null;
}

/** The part of a grant session that a permit needs. */
interface OpenGrant {
  grant: Grant;
  provider: VideoProvider;
  seen: { plan: string | null };
}

const PATIENCE_SECONDS = 2;

/**
 * @returns the permit, or the error that refuses it, with the date (`retryAt`) before which no permit is
 * available
 */
export async function acquirePermit(
  ctx: Context,
  grantSession: OpenGrant,
  ask: Ask,
): Promise<Permit | ProviderError> {
  const take = () => asService(ctx.db, (trx) => takePermit(ctx, trx, grantSession, ask));
  const taken = await take();
  if (!("missing" in taken)) return taken;
  await asService(ctx.db, (trx) => openBudgets(trx, taken.missing));
  const again = await take();
  if ("missing" in again) throw new Error("The rows of a budget are gone");
  return again;
}

/** The same in a transaction that is open anyway. @returns the budgets that a first call needs, where they are missing */
export async function takePermit(
  ctx: Context,
  trx: Trx,
  grantSession: OpenGrant,
  ask: Ask,
): Promise<Permit | ProviderError | { missing: string[] }> {
  const { grant, provider } = grantSession;
  const now = ctx.clock();
  const caller = {
    provider: provider.id,
    userId: grant.account_user_id,
    organisationId: grant.account_organisation_id,
  };
  const probeUntil = addSeconds(now, CALL_LEASE_SECONDS);
  const plan = await planOf(trx, provider.id, caller.organisationId);
  const limits = provider.budget.limits(plan);
  const { kind, reserved = false, urgent = false } = ask;
  const costs = costsOf(caller, limits, kind, { reserved, urgent });
  const taken = await takeCosts(trx, {
    provider: provider.id,
    kind,
    userId: caller.userId,
    costs,
    now,
    latest: addSeconds(now, ask.patienceSeconds ?? PATIENCE_SECONDS),
    probeUntil,
    always: ask.always ?? false,
    urgent,
  });
  if (!taken) return { missing: costs.map(({ key }) => key) };
  if (!taken.goAt) return refusal(ctx, provider, taken, now);
  return {
    grantSession,
    kind,
    caller,
    limits,
    plan,
    goAt: ask.always ? now : taken.goAt,
    day: utcDay(now),
    isFree: costs.length === 0,
    probe: taken.isProbe ? { until: probeUntil, failures: taken.circuit?.failures ?? 0 } : null,
  };
}

/** Waits until an acquired permit's call may go; no lock, lease or transaction may be held meanwhile. */
export async function awaitPermit(ctx: Context, permit: Permit): Promise<void> {
  const wait = permit.goAt.getTime() - ctx.clock().getTime();
  if (wait > 0) await ctx.sleep(wait);
}

/**
 * Gives back what the provider won't have counted of a call: its cost in the day, and its probe. Its cost in
 * the pace expires by itself.
 */
export function releasePermit(ctx: Context, permit: Permit): Promise<void> {
  const { provider } = permit.grantSession;
  const called = { provider: provider.id, kind: permit.kind, userId: permit.caller.userId };
  return asService(ctx.db, async (trx) => {
    for (const { key, cost } of dayLimitsOf(permit.caller, permit.limits, permit.kind)) {
      await giveBackDay(trx, { key, cost, day: permit.day });
    }
    if (permit.probe) await dropProbe(trx, called, permit.probe.until);
  });
}

/**
 * Retry dates are spread a little, so that those who wait don't all come at once. Midnight is given as it is.
 */
function refusal(
  ctx: Context,
  { label }: VideoProvider,
  { dayFull, circuit, pacedAt }: PermitDecision,
  now: Date,
): ProviderError {
  if (dayFull) {
    return new ProviderError("daily_limit", `${label} takes no more today; it goes on tomorrow.`, {
      retryAt: nextUtcMidnight(now),
    });
  }
  if (!circuit) {
    return new ProviderError("rate_limited", `Too much is asked of ${label} just now.`, {
      retryAt: addSeconds(pacedAt, ctx.random()),
    });
  }
  const soon = addSeconds(now, WHILE_PROBED_SECONDS);
  const next = circuit.probing || circuit.openUntil <= now ? soon : circuit.openUntil;
  return new ProviderError("unavailable", `${label} doesn't answer just now.`, {
    retryAt: addSeconds(next, ctx.random()),
  });
}
