/** Kills the busy worker at a random moment of each switch. */
import { setTimeout as delay } from "node:timers/promises";
import { beginSwitch, type Ordeal, report, rest, secondsToNextStep } from "./scene.ts";

const KILLED_WITHIN_MS = 900;

export const killWorkers: Ordeal = async (scene, times) => {
  const { world, workers } = scene;
  const seconds: number[] = [];
  while (seconds.length < times) {
    await beginSwitch(scene, seconds.length);
    await delay(Math.random() * KILLED_WITHIN_MS);
    const waited = await secondsToNextStep(scene, async () => {
      workers.sort((a, b) => b.busyAt - a.busyAt);
      workers.shift()?.kill();
    });
    seconds.push(waited);
    workers.push(await world.startWorker());
    await rest(scene);
    await report(scene, `kill ${seconds.length}: ${waited.toFixed(1)} s to the next step`);
  }
  return seconds;
};
