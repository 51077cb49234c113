/** Zoom's published rate limits, and how an answer reveals which plan's limits apply. */
import type { Answer } from "#lib/providers/http.ts";
import type { GrantAccess, Licence, Limit } from "#lib/providers/provider.ts";

/** Calls per second and account, by label (developers.zoom.us, "Rate limits"); smallest plan first. */
const published = {
  free: { light: 4, medium: 2 },
  pro: { light: 30, medium: 20 },
  business: { light: 80, medium: 60 },
} as const;
type Plan = keyof typeof published;
type Label = keyof (typeof published)[Plan];
const plans = Object.keys(published) as Plan[];

const isPlan = (plan: string | null): plan is Plan => plans.includes(plan as Plan);

/** Of creates and updates, for each user. */
export const WRITES_A_DAY = 100;

export function limitsOf(learnt: string | null, guess: Plan): readonly Limit[] {
  const { light, medium } = published[isPlan(learnt) ? learnt : guess];
  const bySecond = { per: "organisation", window: "second" } as const;
  return [
    {
      name: "light",
      ...bySecond,
      calls: light,
      // An update is read back.
      costs: { find: 1, get: 1, update: 2, repair: 2, delete: 1, host_link: 1, licence: 1 },
    },
    // A search reads one page of a list, and the meeting that it shows.
    { name: "medium", ...bySecond, calls: medium, evenly: true, costs: { create: 1, find: 1 } },
    {
      name: "writes",
      per: "user",
      window: "utc_day",
      calls: WRITES_A_DAY,
      reserved: 10,
      costs: { create: 1, update: 1, repair: 1 },
    },
    // Our own: what was changed past us in all rooms at once must not use up the day of the next bookings.
    { name: "repairs", per: "user", window: "utc_day", calls: 20, costs: { repair: 1 } },
  ];
}

/**
 * Meetings of a Basic user end after 40 minutes (zoom.us/pricing), also in an organisation that pays for others. The
 * plan stands for the licence only where that isn't known.
 */
export function longestMinutesOf(
  learnt: string | null,
  guess: Plan,
  licence: Licence | null,
): number | null {
  if (licence !== null) return licence === "basic" ? 40 : null;
  return (isPlan(learnt) ? learnt : guess) === "free" ? 40 : null;
}

/**
 * Reports the largest plan whose limit isn't above the one that the answer names. An organisation may have
 * bought more than any plan includes, and headers of the daily limit say nothing about plans.
 */
export function notePlan(grant: GrantAccess, { headers }: Pick<Answer, "headers">): void {
  const label = headers.get("x-ratelimit-category")?.toLowerCase();
  const limit = Number(headers.get("x-ratelimit-limit") ?? Number.NaN);
  const isBySecond = headers.get("x-ratelimit-type")?.toUpperCase() === "QPS";
  if (!isBySecond || !isLabel(label) || !(limit > 0)) return;
  grant.sawPlan?.(plans.findLast((plan) => published[plan][label] <= limit) ?? "free");
}

const isLabel = (label: string | undefined): label is Label =>
  label === "light" || label === "medium";
