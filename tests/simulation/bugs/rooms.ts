/** Bugs about which room a lesson has, and how long a room stays. */
import type { Bug } from "./bug.ts";

export const roomsBugs: readonly Bug[] = [
  {
    name: "the old room is deleted before the new one is there",
    seed: 1,
    changes: [
      {
        file: "lib/services/reconcile/steps/make.ts",
        from: "      if (claim.inMigration) logMoving(ctx, idsOf(claim.row));",
        to: `      if (claim.session.provider === provider.id && claim.session.meeting_external_id)
        await provider.deleteMeeting(access, claim.session.meeting_external_id);
      if (claim.inMigration) logMoving(ctx, idsOf(claim.row));`,
      },
    ],
  },
  {
    name: "replaced rooms go before the undo window is over",
    seed: 1,
    changes: [
      {
        file: "lib/services/reconcile/steps/swap.ts",
        from: "const deleteAfter = inMigration ? null : oldRoomStaysUntil(now, ctx.config);",
        to: "const deleteAfter = now;",
      },
    ],
  },
  {
    name: "a room that is gone counts as there",
    seed: 6,
    changes: [
      {
        file: "lib/services/drift/checkRoom.ts",
        from: `    if (answer.code !== "gone") return`,
        to: "    if (answer instanceof Error) return",
      },
    ],
  },
  {
    name: "a room is deleted while people may be inside",
    seed: 7,
    changes: [
      {
        file: "lib/services/reconcile/planner.ts",
        from: "const held = mayBeUnderWay(lesson, rules.now, rules.joinOpensMinutesBefore)",
        to: "const held = false",
      },
    ],
  },
  {
    name: "a cancelled lesson keeps its room",
    seed: 7,
    changes: [
      {
        file: "lib/services/sessions/cancelSession.ts",
        from: "  await supersedeLive(trx, session.id, now, now);",
        to: "",
      },
    ],
  },
  {
    name: "a room is swapped in without its passcode",
    seed: 4,
    changes: [
      {
        file: "lib/services/reconcile/steps/swap.ts",
        from: "  await keepPasscode(ctx, trx, claimed.id, made);\n",
        to: "",
      },
    ],
  },
  {
    name: "a passcode that was changed at the provider isn't stored",
    seed: 93,
    changes: [
      {
        file: "lib/services/drift/checkRoom.ts",
        from: "    await keepPasscode(ctx, trx, seen.id, found);\n",
        to: "",
      },
    ],
  },
  {
    name: "nobody looks for rooms that were made late",
    seed: 1399,
    changes: [
      {
        file: "lib/services/drift/orphanScan.ts",
        from: "  if (due.length === 0) return",
        to: "  if (due.length >= 0) return { looked: false, nextAt: null };\n  if (due.length === 0) return",
      },
    ],
  },
];
