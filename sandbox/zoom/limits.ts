/** Zoom's limits: per second for the whole account, by plan and label, and per UTC day for each user. */

import type { World } from "#sandbox/world.ts";
import { daily, perSecond, Refusal } from "#sandbox/zoom/errors.ts";

const published = {
  free: { Light: 4, Medium: 2 },
  pro: { Light: 30, Medium: 20 },
  business: { Light: 80, Medium: 60 },
} as const;
export type Label = "Light" | "Medium";

export class SecondLimits {
  readonly #seen = new Map<string, number[]>();

  /** Counts the call and returns the headers of its answer, or refuses it. */
  admit(world: World, organisationId: string, label: Label): Record<string, string> {
    const plan = world.settings.zoomPlan;
    const limit = published[plan === "none" ? "business" : plan][label];
    // Real time, because this is a limit on traffic: with a clock that stands still it would stay closed.
    const now = performance.now();
    const key = `${organisationId} ${label}`;
    const recent = (this.#seen.get(key) ?? []).filter((at) => now - at < 1_000);
    const full = plan !== "none" && recent.length >= limit;
    if (!full) recent.push(now);
    this.#seen.set(key, recent);
    const headers = {
      "x-ratelimit-category": label,
      "x-ratelimit-type": "QPS",
      "x-ratelimit-limit": String(limit),
      "x-ratelimit-remaining": String(Math.max(0, limit - recent.length)),
    };
    if (full) throw new Refusal(perSecond(headers));
    return headers;
  }
}

interface Count {
  day: string;
  count: number;
}

/** Counts one create or update of this user, or refuses it until midnight in GMT. */
export function countWrite(world: World, userId: string, meetingId: string | null): void {
  const limit = world.settings.zoomDailyLimit;
  if (limit === null) return;
  const now = world.clock();
  const day = now.toISOString().slice(0, 10);
  const counts = world.journal.collection<Count>("zoom.writes");
  const today = (key: string) => {
    const known = counts.get(key);
    return known?.day === day ? known.count : 0;
  };
  const keys = [`user ${userId}`, ...(meetingId ? [`meeting ${meetingId}`] : [])];
  if (keys.some((key) => today(key) >= limit)) throw new Refusal(daily(now, limit));
  for (const key of keys) counts.set(key, { day, count: today(key) + 1 });
}
