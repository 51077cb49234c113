/** Bugs about how many calls are under way at once, and which comes next. A rush shows them (`world/rush.ts`). */
import type { Bug } from "./bug.ts";

export const paceBugs: readonly Bug[] = [
  {
    name: "calls go one at a time",
    seed: 16,
    changes: [
      {
        file: "lib/services/reconcile/dispatch.ts",
        from: "return calls < (limit?.now ?? 1) &&",
        to: "return calls < 1 &&",
      },
    ],
  },
  {
    name: "a call that was one too many doesn't lower how many there may be",
    seed: 32,
    changes: [
      {
        file: "lib/platform/concurrency/concurrencyLimit.ts",
        from: "else this.#lower(Math.max(call.underWay - 1, Math.ceil(this.#most / 2)));",
        to: "",
      },
    ],
  },
  {
    name: "a later lesson passes a sooner one",
    seed: 16,
    changes: [
      {
        file: "lib/services/reconcile/dispatch.ts",
        from: "[...board.steps].find(",
        to: "[...board.steps].findLast(",
      },
    ],
  },
  {
    name: "a run ends by a snapshot that is older than its last answer",
    seed: 64,
    changes: [
      {
        file: "lib/services/reconcile/dispatch.ts",
        from: "} else if (this.#ended === board.endedBefore) {",
        to: "} else if (board.steps.size === 0) {",
      },
      {
        file: "lib/services/reconcile/dispatch.ts",
        from: "return isDone || this",
        to: "return (isDone && freshUntil < 0) || this",
      },
    ],
  },
  {
    name: "a run goes by its first snapshot",
    seed: 64,
    changes: [
      {
        file: "lib/services/reconcile/dispatch.ts",
        from: "  Math.min(Math.max(FRESH.leastMs",
        to: "  1_000_000 + Math.min(Math.max(FRESH.leastMs",
      },
    ],
  },
];
