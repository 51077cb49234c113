/** How much of a provider's published limits we use, and when a provider counts as down. Pure. */
import type { CallKind, Limit } from "#lib/providers/provider.ts";

/**
 * We plan with four fifths of what a window of seconds allows: the provider's window doesn't begin when
 * ours does, its clock isn't ours, and calls sent evenly don't arrive so. The rest is for those.
 */
const SHARE = 0.8;
/** Of a window, what may go at once; the other calls follow evenly. */
const BURST_SHARE = 0.2;

export const windowMs = { second: 1_000, minute: 60_000 } as const;

/** Whose calls are counted together. */
export interface Caller {
  provider: string;
  userId: string;
  organisationId: string | null;
}

/** A share of one limit, as the statement that takes it wants it. */
export type Cost =
  | { key: string; cost: number; everyMs: number; burstMs: number }
  | { key: string; cost: number; allowed: number };

/**
 * What one call takes. In any window as long as the published one no more than `SHARE` of its calls go:
 * so many at once, the rest at a pace that fills the window and no more.
 * @param reserved it may use what is kept back
 */
export function costsOf(
  caller: Caller,
  limits: readonly Limit[],
  kind: CallKind,
  reserved: boolean,
): Cost[] {
  return limits.flatMap((limit) => {
    const cost = limit.costs[kind];
    if (cost === undefined) return [];
    const key = keyOf(caller, limit);
    if (limit.window === "utc_day") {
      return { key, cost, allowed: limit.calls - (reserved ? 0 : (limit.reserved ?? 0)) };
    }
    return { key, cost, ...paceOf(limit.calls, windowMs[limit.window]) };
  });
}

export function paceOf(calls: number, ms: number): { everyMs: number; burstMs: number } {
  const total = Math.max(1, Math.floor(calls * SHARE));
  const burst = Math.min(Math.floor(calls * BURST_SHARE), total - 1);
  const everyMs = ms / (total - burst);
  return { everyMs, burstMs: burst * everyMs };
}

const keyOf = ({ provider, userId, organisationId }: Caller, { name, per }: Limit): string => {
  const shared = { user: userId, organisation: organisationId ?? userId, project: "all" };
  return `${provider} ${name} ${shared[per]}`;
};

/** Limits by the day that the call counts against, with all that they allow. */
export const dayLimitsOf = (caller: Caller, limits: readonly Limit[], kind: CallKind) =>
  limits
    .filter(({ window, costs }) => window === "utc_day" && costs[kind] !== undefined)
    .map((limit) => ({
      key: keyOf(caller, limit),
      calls: limit.calls,
      cost: limit.costs[kind] ?? 0,
    }));

/**
 * Paces to hold back when the provider says "too fast". Not the project's: whose calls were too many
 * isn't said, and one tutor's hurry must not stop all the others.
 */
export const pacesToHold = (caller: Caller, limits: readonly Limit[], kind: CallKind) =>
  limits.flatMap((limit) => {
    if (limit.window === "utc_day" || limit.per === "project") return [];
    if (limit.costs[kind] === undefined) return [];
    const ms = windowMs[limit.window];
    return { key: keyOf(caller, limit), burstMs: paceOf(limit.calls, ms).burstMs };
  });

/** So many failures of different rows, with no success in between, and the provider is down. */
export const FAILURES_UNTIL_OPEN = 5;
/** Longer than one call (`CALL_TIMEOUT_MS`): whoever probes has answered or died by then. */
export const PROBE_SECONDS = 10;
/** While somebody probes, the others come back after this. */
export const WHILE_PROBED_SECONDS = 2;
const LONGEST_SECONDS = 60;

/** Seconds until the next probe, after this many failures: 2, 4, 8 … 60, half of it jitter. */
export function probeAfterSeconds(failures: number, random: number): number {
  const ceiling = Math.min(2 ** Math.min(failures - FAILURES_UNTIL_OPEN + 1, 9), LONGEST_SECONDS);
  return ceiling / 2 + (random * ceiling) / 2;
}

/** The UTC day of an instant, as SQL reads it. */
export const utcDay = (at: Date): string => at.toISOString().slice(0, 10);
