/** Bugs about changes of several lessons at once. */
import type { Bug } from "./bug.ts";

export const seriesBugs: readonly Bug[] = [
  {
    name: "a series changes from the lesson after the chosen one on",
    changes: [
      {
        file: "lib/records/sessions/queries.ts",
        from: `.where("scheduled_start_at", ">=", from)`,
        to: `.where("scheduled_start_at", ">", from)`,
      },
    ],
  },
];
