/** Bugs about when a provider is called, and how often. */
import type { Bug } from "./bug.ts";

export const callsBugs: readonly Bug[] = [
  {
    name: "a day's calls are not counted",
    changes: [
      {
        file: "lib/services/calls/permits.ts",
        from: "const costs = costsOf(caller, limits, ask.kind, ask.reserved ?? false);",
        to: `const costs = costsOf(caller, limits.filter(({ window }) => window !== "utc_day"), ask.kind, ask.reserved ?? false);`,
      },
    ],
  },
];
