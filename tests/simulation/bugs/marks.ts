/** Bugs about the marks that lead the sweep of each minute to tutors whose lessons have changed. */
import type { Bug } from "./bug.ts";

export const marksBugs: readonly Bug[] = [
  {
    name: "nobody goes to the tutors whose lessons have changed",
    seed: 11,
    changes: [
      {
        file: "lib/records/sessions/queries/unsettled.ts",
        from: `const marked = q.selectFrom(MARKS).select("tutor_id");`,
        to: `const marked = q.selectFrom(MARKS).select("tutor_id").where("tutor_id", "is", null);`,
      },
    ],
  },
  {
    name: "a mark is taken although a lesson isn't in order",
    seed: 18,
    changes: [
      {
        file: "lib/services/reconcile/sweep.ts",
        from: `if (await isAnyUnsettled(trx, tutorId, now)) return false;`,
        to: `void isAnyUnsettled;`,
      },
    ],
  },
  {
    name: "marks are taken before the run looks",
    seed: 3,
    changes: [
      {
        file: "lib/services/reconcile/reconcile.ts",
        from: "await recordManualEditsOf(ctx, tutorId);",
        to: "await settleMarks(ctx, tutorId); await recordManualEditsOf(ctx, tutorId);",
      },
      {
        file: "lib/services/reconcile/sweep.ts",
        from: `(await isInOrder(ctx, trx, tutorId)) ? marks : marks.slice(1)`,
        to: `(void isInOrder, marks)`,
      },
    ],
  },
];
