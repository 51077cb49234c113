/** Bugs about what is believed of an answer, and when. */
import type { Bug } from "./bug.ts";

export const answersBugs: readonly Bug[] = [
  {
    name: "an answer is written without a fence",
    seed: 523,
    changes: [
      {
        file: "lib/records/meetings/queries.ts",
        from: `    .where("id", "=", claimed.id)
    .where("state", "=", claimed.state)
    .where("attempts", "=", claimed.attempts)`,
        to: `    .where("id", "=", claimed.id)`,
      },
    ],
  },
  {
    name: "a row is taken without a lease",
    seed: 5,
    changes: [
      {
        file: "lib/records/meetings/queries.ts",
        from: `    .where("attempts", "=", claim.seen.attempts)
    .where("outcome_unknown", "=", claim.seen.outcome_unknown)
    .where(isIdle(claim.now))`,
        to: "",
      },
      {
        file: "lib/services/reconcile/planner.ts",
        from: "row.lease_until ?? now, paused",
        to: "now, paused",
      },
    ],
  },
  {
    name: "after a lost answer it is created again without looking",
    seed: 1,
    changes: [
      {
        file: "lib/services/reconcile/planner.ts",
        from: `  if (row.outcome_unknown && !rules.createIsIdempotent(row))
    return { kind: "look", meetingId: row.id };`,
        to: "",
      },
    ],
  },
  {
    name: "a change whose answer was unclear is made again without looking",
    seed: 287,
    changes: [
      {
        file: "lib/services/reconcile/steps/update.ts",
        from: "return seen.unclear_revision === null\n",
        to: "return lesson\n",
      },
    ],
  },
  {
    name: "a refusal in unknown words is taken for one for good",
    seed: 379,
    changes: [
      { file: "lib/providers/errors.ts", from: `  refused: "wait"`, to: `  refused: "permanent"` },
    ],
  },
  {
    name: "the answer is compared with what was sent",
    seed: 23,
    changes: [
      {
        file: "lib/services/drift/compareRoom.ts",
        from: "room.answered_title ?? cutText(room.title, titleLength)",
        to: "cutText(room.title, titleLength)",
      },
      {
        file: "lib/services/drift/compareRoom.ts",
        from: "const isAgain = !isToBeTold(room) && before !== null && isSameTitle(found.title, before);",
        to: "const isAgain = false;",
      },
    ],
  },
  {
    name: "a room for an older time is swapped in",
    seed: 71,
    changes: [
      {
        file: "lib/services/reconcile/steps/swap.ts",
        from: "  session.revision === claimed.revision &&\n",
        to: "",
      },
    ],
  },
  {
    name: "a room for an older wish is swapped in",
    seed: 48,
    changes: [
      {
        file: "lib/services/reconcile/steps/swap.ts",
        from: `  session.desired_grant_id === claimed.grant_id &&
  session.desired_generation === claimed.generation &&
`,
        to: "",
      },
    ],
  },
  {
    name: "a refused create waits by the lesson as it was when the call was made",
    seed: 1412,
    changes: [
      {
        file: "lib/services/reconcile/steps/refusal.ts",
        from: "(await sessionById(trx, row.session_id)) ?? claim.session",
        to: "claim.session ?? (await sessionById(trx, row.session_id))",
      },
    ],
  },
];
