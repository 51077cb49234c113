/**
 * `npm run kills -- [times]`: real worker processes on a real PostgreSQL. The busy one is killed (SIGKILL) at
 * a random moment of each switch, while another stands by. With `--backends` the workers live and their
 * database connections are ended instead, several in each switch. Prints the seconds from each kill to the
 * next step, and what was lost or doubled in the end. The exit code is 1 if anything was, if a step came too
 * late, or if a worker ended that nobody killed.
 */

import { endBackends } from "./backends.ts";
import { tally } from "./order.ts";
import { begin, type Ordeal } from "./scene.ts";
import { killWorkers } from "./workers.ts";

const WORST_SECONDS = 15;

async function main(what: string, ordeal: Ordeal, times: number): Promise<number> {
  const scene = await begin();
  try {
    const seconds = await ordeal(scene, times);
    const { lessons, lost, doubled } = await tally(scene.world, scene.tutor);
    const worst = Math.max(...seconds);
    const ended = scene.world.endedByThemselves();
    console.log(
      `${times} ${what}, ${lessons} lessons: ${lost} lost, ${doubled} doubled, ${ended} workers ended by themselves; worst ${worst.toFixed(1)} s`,
    );
    return lost + doubled + ended === 0 && worst <= WORST_SECONDS ? 0 : 1;
  } finally {
    await scene.world.close();
  }
}

const args = process.argv.slice(2);
const times = Number(args.find((arg) => !arg.startsWith("--")) ?? 50);
process.exit(
  await (args.includes("--backends")
    ? main("terminated backends", endBackends, times)
    : main("kills", killWorkers, times)),
);
