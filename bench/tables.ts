/** The bench's lines and tables. */
import { floorOf, inWords, loopOf, type Outcome, type Scene } from "./scenes.ts";

export interface Played {
  scene: Scene;
  who: "Segue" | "promiseAll" | "pgBoss" | "dbos";
  outcome: Outcome;
}

const seconds = (value: number) => (Number.isFinite(value) ? value.toFixed(1) : "never");

export const line = (scene: Scene, seen: Outcome): string =>
  `${seconds(seen.seconds)} s, ${(seen.seconds / floorOf(scene)).toFixed(2)} × the floor, soonest ` +
  `${seen.soonest.toFixed(2)} round trips, ${seen.inVain} creates in vain, ${seen.calls.toFixed(2)} calls a lesson, ` +
  `${seen.dead} without a living link, ${seen.orphans} orphans` +
  (seen.recovery === null ? "" : `, ${seen.recovery.toFixed(1)} s until the next meeting`);

/** One row for each scene without its seed, one column for each who played it; the times of all seeds. */
export function tables(played: readonly Played[]): string[] {
  const names = ["Segue", "promiseAll", "pgBoss", "dbos"] as const;
  const rows = Map.groupBy(played, ({ scene }) => inWords({ ...scene, seed: 0 }));
  return [
    `| Scene | Floor | One after the other | ${names.join(" | ")} |`,
    "| - | - | - | - | - | - | - |",
    ...[...rows.values()].map((of) => {
      const [first] = of;
      if (!first) throw new Error("Nothing was played");
      const { scene } = first;
      const cells = names.map((who) => cell(of.filter((one) => one.who === who)));
      const title = inWords(scene).replace(/, seed \d+$/, "");
      return `| ${title} | ${floorOf(scene).toFixed(1)} | ${loopOf(scene).toFixed(0)} | ${cells.join(" | ")} |`;
    }),
  ];
}

/** The times of the seeds, and what was left behind. */
function cell(of: readonly Played[]): string {
  if (of.length === 0) return "";
  const times = of.map(({ outcome }) => seconds(outcome.seconds)).join(", ");
  const total = (pick: (outcome: Outcome) => number) =>
    of.reduce((sum, { outcome }) => sum + pick(outcome), 0);
  const left = [
    [total(({ dead }) => dead), "dead"],
    [total(({ orphans }) => orphans), "orphans"],
  ] as const;
  return [times, ...left.filter(([count]) => count > 0).map((part) => part.join(" "))].join("; ");
}
