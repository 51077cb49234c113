/** The figures of the front page, read from what the commands printed that proved them. */
import kills from "../../docs/figures/kills.json" with { type: "json" };
import simulate from "../../docs/figures/simulate.json" with { type: "json" };

function numberIn(output: string[], pattern: RegExp): number {
  const found = output.map((line) => pattern.exec(line)?.[1]).find((text) => text !== undefined);
  if (found === undefined) throw new Error(`No line of the output is like ${pattern}`);
  return Number(found);
}

/** Before it stands a line for each kill. */
const allKills = kills.output.slice(-1);

/** Each with what went wrong in it: none may be shown without. */
export const proofs = {
  simulation: {
    runs: numberIn(simulate.output, /^(\d+) seeds/),
    links: numberIn(simulate.output, /, (\d+) links followed/),
    violations: numberIn(simulate.output, /: (\d+) violations$/),
  },
  kills: {
    count: numberIn(allKills, /^(\d+) kills/),
    lost: numberIn(allKills, /: (\d+) lost/),
    doubled: numberIn(allKills, /, (\d+) doubled/),
  },
};
