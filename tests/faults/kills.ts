/**
 * `npm run kills -- [rounds]`: real worker processes on a real PostgreSQL, the busy one killed (SIGKILL)
 * at a random moment of each switch, another standing by. Prints the seconds from each kill to the next
 * step, and what was lost or doubled in the end. Exit code 1 if anything was, or a step came too late.
 */

import { setTimeout as delay } from "node:timers/promises";
import { isAtRest, progressOf, tally } from "./order.ts";
import { bookLessons, connect, newPerson } from "./people.ts";
import { startWorld, type Worker, type World } from "./world.ts";

const LESSONS = 20;
/** Each create takes a while, so that most kills meet several calls under way. */
const CREATE_MS = 100;
const KILLED_WITHIN_MS = 900;
const WORST_SECONDS = 15;
/** A lost answer at Zoom is looked for until 30 s after it; then everything is done within moments. */
const REST_WITHIN_MS = 90_000;

async function until(what: string, test: () => Promise<boolean>, withinMs: number): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await test())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${withinMs / 1000} s`);
    await delay(50);
  }
}

async function round(
  world: World,
  workers: Worker[],
  tutor: Awaited<ReturnType<typeof newPerson>>,
  number: number,
): Promise<number> {
  await connect(world.ctx, tutor, number % 2 === 0 ? "google_meet" : "zoom");
  await delay(Math.random() * KILLED_WITHIN_MS);
  workers.sort((a, b) => b.busyAt - a.busyAt);
  workers.shift()?.process.kill("SIGKILL");
  const killed = performance.now();
  const before = await progressOf(world, tutor);
  const isDone = async () =>
    (await progressOf(world, tutor)) > before || (await isAtRest(world, tutor));
  await until("A step after the kill", isDone, 60_000);
  const seconds = (performance.now() - killed) / 1000;
  workers.push(await world.startWorker());
  await until("Rest", () => isAtRest(world, tutor), REST_WITHIN_MS);
  return seconds;
}

async function main(rounds: number): Promise<number> {
  const world = await startWorld();
  try {
    const workers = [await world.startWorker(), await world.startWorker()];
    const tutor = await newPerson(world.ctx, "tutor");
    await connect(world.ctx, tutor, "zoom");
    await bookLessons(world.ctx, tutor, LESSONS);
    await until("The first rooms", () => isAtRest(world, tutor), REST_WITHIN_MS);
    const slow = { operation: "create", effect: "delay", delayMs: CREATE_MS } as const;
    await world.standIns.faults({ provider: "google", ...slow }, { provider: "zoom", ...slow });
    const seconds: number[] = [];
    for (let number = 0; number < rounds; number++) {
      seconds.push(await round(world, workers, tutor, number));
      const { lost, doubled } = await tally(world, tutor);
      console.log(
        `kill ${number + 1}: ${seconds.at(-1)?.toFixed(1)} s to the next step, ${lost} lost, ${doubled} doubled`,
      );
    }
    const { lessons, lost, doubled } = await tally(world, tutor);
    const worst = Math.max(...seconds);
    console.log(
      `${rounds} kills, ${lessons} lessons: ${lost} lost, ${doubled} doubled; worst ${worst.toFixed(1)} s`,
    );
    return lost + doubled === 0 && worst <= WORST_SECONDS ? 0 : 1;
  } finally {
    await world.close();
  }
}

process.exit(await main(Number(process.argv[2] ?? 50)));
