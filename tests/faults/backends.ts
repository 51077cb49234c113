/** Ends database backends of the living workers at random moments, several in each switch. */
import { setTimeout as delay } from "node:timers/promises";
import { sql } from "kysely";
import { isAtRest } from "./order.ts";
import { beginSwitch, type Ordeal, report, rest, secondsToNextStep } from "./scene.ts";
import { WORKER_NAME, type World } from "./world.ts";

const ENDED_WITHIN_MS = 600;

export const endBackends: Ordeal = async (scene, times) => {
  const seconds: number[] = [];
  for (let round = 0; seconds.length < times; round++) {
    await beginSwitch(scene, round);
    while (seconds.length < times) {
      await delay(Math.random() * ENDED_WITHIN_MS);
      if (await isAtRest(scene.world, scene.tutor)) break;
      let did = "";
      const waited = await secondsToNextStep(scene, async () => {
        did = await endOne(scene.world, seconds.length % 2 === 1);
      });
      seconds.push(waited);
      console.log(`backend ${seconds.length} (${did}): ${waited.toFixed(1)} s to the next step`);
    }
    await rest(scene);
    await report(scene, `switch ${round + 1} at rest`);
  }
  return seconds;
};

/**
 * Ends one backend. Most are idle at any moment, and losing those is harmless, so `busy` asks for one that is
 * in the middle of something, if one is found within a hundred tries.
 * @returns what it was doing
 */
async function endOne({ ctx }: World, busy: boolean): Promise<string> {
  for (let looks = busy ? 100 : 1; looks > 0; looks--) {
    const { rows } = await sql<{ state: string }>`
      with one as (
        select pid, state from pg_stat_activity
        where application_name = ${WORKER_NAME} and (state <> 'idle' or ${!busy || looks === 1})
        order by random() limit 1)
      select state, pg_terminate_backend(pid) from one`.execute(ctx.db);
    if (rows[0]) return rows[0].state;
  }
  throw new Error("The workers have no backend at all");
}
