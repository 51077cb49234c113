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

const names = ["Segue", "promiseAll", "pgBoss", "dbos"] as const;

const title = (scene: Scene) => inWords(scene).replace(/, seed \d+$/, "");

/** By their scenes without the seeds, in the order in which they were played. */
const byScene = (played: readonly Played[]): Played[][] => [
  ...Map.groupBy(played, ({ scene }) => title(scene)).values(),
];

/** One row for each scene without its seed, one column for each who played it; the times of all seeds. */
export function tableOfTimes(played: readonly Played[]): string[] {
  return [
    `| Scene | Floor | One after the other | ${names.join(" | ")} |`,
    "| - | - | - | - | - | - | - |",
    ...byScene(played).map((of) => {
      const { scene } = firstOf(of);
      const cells = names.map((who) => cell(of.filter((one) => one.who === who)));
      return `| ${title(scene)} | ${floorOf(scene).toFixed(1)} | ${loopOf(scene).toFixed(0)} | ${cells.join(" | ")} |`;
    }),
  ];
}

export const DETAILS =
  "| Segue's | × the floor | Soonest, in round trips | Creates in vain | Calls a lesson | Seconds until the next |";

/** Of Segue, the worst of the seeds. */
export function tableOfDetails(played: readonly Played[]): string[] {
  const ours = byScene(played.filter(({ who }) => who === "Segue"));
  return [
    DETAILS,
    "| - | - | - | - | - | - |",
    ...ours.map((of) => {
      const { scene } = firstOf(of);
      const worst = (pick: (outcome: Outcome) => number) =>
        Math.max(...of.map(({ outcome }) => pick(outcome)));
      const cells = [
        (worst((outcome) => outcome.seconds) / floorOf(scene)).toFixed(2),
        worst(({ soonest }) => soonest).toFixed(2),
        worst(({ inVain }) => inVain),
        worst(({ calls }) => calls).toFixed(2),
        scene.trouble === "kill" || scene.trouble === "restart"
          ? worst(({ recovery }) => recovery ?? 0).toFixed(1)
          : "",
      ];
      return `| ${title(scene)} | ${cells.join(" | ")} |`;
    }),
  ];
}

function firstOf(of: readonly Played[]): Played {
  const [first] = of;
  if (!first) throw new Error("Nothing was played");
  return first;
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
