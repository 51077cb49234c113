/** Which few seeds reach together whatever a run has reached. */
import { Report } from "./report.ts";
import type { Played } from "./world/play.ts";

type Reach = Pick<Played, "seed" | "steps"> & { names: string[] };

export function reach(played: Played): Reach {
  const report = new Report();
  const names = new Set(report.never());
  report.add(played);
  for (const name of report.never()) names.delete(name);
  return { seed: played.seed, steps: played.steps, names: [...names] };
}

/** Takes again and again the seed that reaches the most new names for its steps, rare ones first. */
export function cover(seeds: Reach[]): number[] {
  const seldom = new Map<string, number>();
  for (const name of seeds.flatMap(({ names }) => names)) {
    seldom.set(name, (seldom.get(name) ?? 0) + 1);
  }
  const missing = new Set(seldom.keys());
  const worth = ({ names, steps }: Reach) =>
    names.reduce((sum, name) => sum + (missing.has(name) ? 1 / (seldom.get(name) ?? 1) : 0), 0) /
    steps;
  const chosen: number[] = [];
  while (missing.size > 0) {
    const best = seeds.reduce((one, other) => (worth(other) > worth(one) ? other : one));
    chosen.push(best.seed);
    for (const name of best.names) missing.delete(name);
  }
  return chosen;
}
