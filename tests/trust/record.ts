/** The result of a run in a fresh clone, and what a row of such runs is worth. */

export interface Run {
  /** Whether it ran beside four busy loops. */
  loaded: boolean;
  seconds: number;
  passed: number;
  failed: number;
  /** The names of the failed tests; where no test failed, the step that ended the run. */
  what: string[];
}

export interface Goal {
  runs: number;
  loaded: number;
}

export const isGreen = ({ passed, failed }: Run): boolean => failed === 0 && passed > 0;

/** The green runs since the last red one, oldest first. */
export const greenRow = (runs: readonly Run[]): Run[] =>
  runs.slice(runs.findLastIndex((run) => !isGreen(run)) + 1);

export const isReached = (runs: readonly Run[], goal: Goal): boolean => {
  const row = greenRow(runs);
  return row.length >= goal.runs && row.filter(({ loaded }) => loaded).length >= goal.loaded;
};

/** Loaded runs are spread over the row, so that an interrupted row contains both kinds. */
export function isNextLoaded(runs: readonly Run[], goal: Goal): boolean {
  const row = greenRow(runs);
  const due = Math.floor(((row.length + 1) * goal.loaded) / goal.runs);
  return row.filter(({ loaded }) => loaded).length < due;
}

export function table(runs: readonly Run[]): string {
  const rows = runs.map(({ loaded, seconds, passed, failed, what }, index) => [
    `${index + 1}`,
    loaded ? "four busy loops" : "nothing",
    seconds.toFixed(0),
    `${passed}`,
    `${failed}`,
    what.join("; "),
  ]);
  const row = greenRow(runs);
  const lines = [
    ["run", "beside", "seconds", "passed", "failed", "what"],
    ["-", "-", "-", "-", "-", "-"],
    ...rows,
  ];
  return [
    ...lines.map((cells) => `| ${cells.join(" | ")} |`),
    "",
    `${row.length} green in a row, ${row.filter(({ loaded }) => loaded).length} of them beside four busy loops`,
  ].join("\n");
}
