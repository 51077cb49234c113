/** How much of a provider's published limits we use, and when a provider counts as down. Pure. */
import type { CallKind, Limit } from "#lib/providers/provider.ts";

/**
 * We use four fifths of what a window of seconds allows. The last fifth absorbs three differences: the
 * provider's window doesn't begin when ours does, its clock isn't ours, and calls that were sent evenly don't
 * arrive evenly.
 */
const SHARE = 0.8;
/**
 * The share of a window that may be used at once. The other calls follow at an even pace, from which this share is
 * missing; so of what a switch asks for by the dozen within seconds (`evenly`) nothing goes at once.
 */
const BURST_SHARE = 0.2;

export const windowMs = { second: 1_000, minute: 60_000 } as const;

/** The person, organisation and provider that calls are counted for. */
export interface Caller {
  provider: string;
  userId: string;
  organisationId: string | null;
}

/** What a call costs of one limit, in the form that `takeCosts` needs. */
export type Cost =
  | { key: string; cost: number; everyMs: number; burstMs: number }
  | { key: string; cost: number; allowed: number };

/**
 * What one call costs of each limit. Never spends more than `SHARE` of a published window: a short burst, if any,
 * then an even pace. A pause of the user costs nothing and has to be over, unless the call is urgent.
 * @param reserved whether the call may use the reserved part of a limit
 */
export function costsOf(
  caller: Caller,
  limits: readonly Limit[],
  kind: CallKind,
  { reserved, urgent }: { reserved: boolean; urgent: boolean },
): Cost[] {
  const costs = limits.flatMap((limit) => {
    const cost = limit.costs[kind];
    if (cost === undefined) return [];
    const key = keyOf(caller, limit);
    if (limit.window === "utc_day") {
      return { key, cost, allowed: limit.calls - (reserved ? 0 : (limit.reserved ?? 0)) };
    }
    return { key, cost, ...paceOf(limit.calls, windowMs[limit.window], limit.evenly) };
  });
  if (costs.length === 0 || urgent) return costs;
  return [...costs, { key: pauseKeyOf(caller), cost: 0, everyMs: 0, burstMs: 0 }];
}

/** Where the pause stands that the provider has asked this user to make. */
export const pauseKeyOf = ({ provider, userId }: Pick<Caller, "provider" | "userId">): string =>
  `${provider} pause ${userId}`;

export function paceOf(
  calls: number,
  ms: number,
  evenly = false,
): { everyMs: number; burstMs: number } {
  const total = Math.max(1, Math.floor(calls * SHARE));
  const share = evenly ? 0 : BURST_SHARE;
  const burst = Math.min(Math.floor(calls * share), total - 1);
  const everyMs = ms / (total - burst);
  return { everyMs, burstMs: burst * everyMs };
}

const keyOf = ({ provider, userId, organisationId }: Caller, { name, per }: Limit): string => {
  const shared = { user: userId, organisation: organisationId ?? userId, project: "all" };
  return `${provider} ${name} ${shared[per]}`;
};

/** The limits per day that the call counts against. */
export const dayLimitsOf = (caller: Caller, limits: readonly Limit[], kind: CallKind) =>
  limits
    .filter(({ window, costs }) => window === "utc_day" && costs[kind] !== undefined)
    .map((limit) => ({
      name: limit.name,
      key: keyOf(caller, limit),
      cost: limit.costs[kind] ?? 0,
    }));

/**
 * The paces to hold after the provider has said "too fast". The organisation's are among them only if the answer
 * says that its limit was met. A limit of the whole project is left out: the answer doesn't say whose calls were
 * too many, and one busy tutor must not stop all the others.
 */
export const pacesToHold = (
  caller: Caller,
  limits: readonly Limit[],
  kind: CallKind,
  ofOrganisation: boolean,
) =>
  limits.flatMap((limit) => {
    if (limit.window === "utc_day" || limit.per === "project") return [];
    if (limit.per === "organisation" && !ofOrganisation) return [];
    if (limit.costs[kind] === undefined) return [];
    const ms = windowMs[limit.window];
    return { key: keyOf(caller, limit), burstMs: paceOf(limit.calls, ms, limit.evenly).burstMs };
  });

/**
 * The circuits that a call belongs to: that of all calls to the provider, of all of its account, and of those of its kind.
 * One account whose meetings can't be made must not keep those of others from being made, nor its own from being found.
 */
export const circuitsOf = (userId: string, kind: CallKind): string[] => [
  "all",
  `all ${userId}`,
  `${kind} ${userId}`,
];

/** After this many failures of different rows, with no success in between, the provider counts as down. */
export const FAILURES_UNTIL_OPEN = 5;
/** While a probe is under way, the other callers try again after this many seconds. */
export const WHILE_PROBED_SECONDS = 2;
const LONGEST_SECONDS = 60;

/** Seconds until the next probe after this many failures: 2, 4, 8 … 60, of which half is jitter. */
export function probeAfterSeconds(failures: number, random: number): number {
  const ceiling = Math.min(2 ** Math.min(failures - FAILURES_UNTIL_OPEN + 1, 9), LONGEST_SECONDS);
  return ceiling / 2 + (random * ceiling) / 2;
}

/** The UTC day of an instant, in the form that SQL reads. */
export const utcDay = (at: Date): string => at.toISOString().slice(0, 10);
