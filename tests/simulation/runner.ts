/** One thread of a run: plays its share of the seeds and reports on each. */
import { parentPort, workerData } from "node:worker_threads";
import { bugs } from "./bugs.ts";
import { plant } from "./plant.ts";

export interface Share {
  from: number;
  to: number;
  /** This thread plays every `step`th seed. */
  step: number;
  clicks: number;
  bug: string | null;
  /** Whether to play each seed twice and compare. */
  twice: boolean;
}

async function main(share: Share): Promise<void> {
  const bug = bugs.find(({ name }) => name === share.bug);
  if (share.bug !== null && !bug) throw new Error(`There is no bug called ${share.bug}`);
  if (bug) plant(bug);
  // Imported only now, because the bug is planted in the modules that these load.
  const [{ makeGround }, { play }] = await Promise.all([
    import("./world/ground.ts"),
    import("./world/play.ts"),
  ]);
  const ground = await makeGround();
  for (let seed = share.from; seed <= share.to; seed += share.step) {
    const played = await play(ground, seed, share.clicks);
    if (share.twice) {
      const again = await play(ground, seed);
      if (again.hash !== played.hash) played.violation ??= "The same seed went another way";
    }
    parentPort?.postMessage(played.violation === null ? { ...played, log: [] } : played);
  }
}

await main(workerData as Share);
