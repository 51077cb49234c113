/** Bugs about lessons that are entered, and changes of several at once. */
import type { Bug } from "./bug.ts";

export const seriesBugs: readonly Bug[] = [
  {
    name: "lessons that a tutor enters may meet others",
    seed: 24,
    changes: [
      {
        file: "lib/services/bookings/makeLessons.ts",
        from: "    if (clash) throw overlapsLesson(clash, field);",
        to: `    if (clash && booking.origin !== "tutor") throw overlapsLesson(clash, field);`,
      },
    ],
  },
  {
    name: "a series changes from the lesson after the chosen one on",
    seed: 11,
    changes: [
      {
        file: "lib/records/sessions/queries.ts",
        from: `.where("scheduled_start_at", ">=", from)`,
        to: `.where("scheduled_start_at", ">", from)`,
      },
    ],
  },
];
