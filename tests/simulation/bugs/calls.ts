/** Bugs about when a provider is called, and how often. */
import type { Bug } from "./bug.ts";

export const callsBugs: readonly Bug[] = [
  {
    name: "a day's calls are not counted",
    seed: 4,
    changes: [
      {
        file: "lib/services/calls/permits.ts",
        from: "const costs = costsOf(caller, limits, kind, { reserved, urgent });",
        to: `const costs = costsOf(caller, limits.filter(({ window }) => window !== "utc_day"), kind, { reserved, urgent });`,
      },
    ],
  },
  {
    name: "writes whose answers are unclear are not counted",
    seed: 7,
    changes: [
      {
        file: "lib/services/calls/callWithPermit.ts",
        from: `["timeout", "outcome_unknown", "daily_limit"]`,
        to: `["timeout", "daily_limit"]`,
      },
    ],
  },
  {
    name: "a far retry date is believed",
    seed: 280,
    changes: [
      {
        file: "lib/providers/believed.ts",
        from: ": addSeconds(now, LONGEST_PAUSE_SECONDS);",
        to: ": named;",
      },
    ],
  },
  {
    name: "a pause reaches beyond a lesson's start",
    seed: 204,
    changes: [
      {
        file: "lib/records/sessions/rules.ts",
        from: "lesson?.meeting_id === null ? tryBefore(lesson.scheduled_start_at, at, now) : at",
        to: "lesson?.meeting_id === null && now > at ? tryBefore(lesson.scheduled_start_at, at, now) : at",
      },
    ],
  },
];
