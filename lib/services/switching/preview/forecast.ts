/** Forecasts when each call may go, by the same rules that will decide it. Pure. */

import { nextUtcMidnight } from "#lib/platform/clock.ts";
import type { Limit } from "#lib/providers/provider.ts";
import { paceOf, windowMs } from "#lib/records/budgets/rules.ts";

/** The time that one create takes on an ordinary day. */
const USUAL_CALL_MS = 700;

export interface DayLimit {
  cost: number;
  taken: number;
  /** How much of the day a call may use, with or without the reserved quota. */
  allowed: (reserved: boolean) => number;
}

export interface Call {
  /** Whether the call may use the reserved quota. */
  reserved: boolean;
  /** After this moment the call isn't made any more. */
  until: Date;
}

/**
 * The day on which each call goes, in the order of `calls`: null for at once, else that day's UTC midnight;
 * "never" if its time is over by then.
 */
export function daysFor(calls: Call[], limit: DayLimit, now: Date): (Date | null | "never")[] {
  const days = calls.map((): Date | null | "never" => "never");
  let waiting = calls.map((_, index) => index);
  let day: Date | null = null;
  let { taken } = limit;
  while (waiting.length > 0) {
    const later: number[] = [];
    for (const index of waiting) {
      if (taken + limit.cost > limit.allowed(calls[index]?.reserved === true)) later.push(index);
      else {
        taken += limit.cost;
        days[index] = day;
      }
    }
    if (day !== null && later.length === waiting.length) {
      throw new Error("A limit by the day allows no call at all");
    }
    const next = nextUtcMidnight(day ?? now);
    waiting = later.filter((index) => (calls[index]?.until ?? next) >= next);
    day = next;
    taken = 0;
  }
  return days;
}

/** The seconds that `count` creates take at the pace of the limits, `concurrency` of them at a time. */
export function secondsFor(count: number, limits: readonly Limit[], concurrency: number): number {
  const paces = limits.map(({ window, calls, costs, evenly }) => {
    if (window === "utc_day") return 0;
    const { everyMs, burstMs } = paceOf(calls, windowMs[window], evenly);
    return count * (costs.create ?? 0) * everyMs - burstMs;
  });
  return Math.max(Math.ceil(count / concurrency) * USUAL_CALL_MS, ...paces) / 1000;
}
