/** Every ordeal begins here: two workers, and a tutor whose lessons have their first rooms. */
import { setTimeout as delay } from "node:timers/promises";
import { sql } from "kysely";
import type { Person } from "#lib/services/verb/context.ts";
import { isAtRest, progressOf, tally } from "./order.ts";
import { bookLessons, connect, newPerson } from "./people.ts";
import { startWorld, type Worker, type World } from "./world.ts";

const LESSONS = 20;
/** Each create takes this long, so that most blows hit several calls under way. */
const CREATE_MS = 100;
const STEP_WITHIN_MS = 60_000;
/** A lost answer at Zoom is looked up until 30 s after it; then everything is done within moments. */
const REST_WITHIN_MS = 90_000;

export interface Scene {
  world: World;
  tutor: Person;
  workers: Worker[];
}

/** What is done to a scene `times` times. @returns the seconds from each time to the next step */
export type Ordeal = (scene: Scene, times: number) => Promise<number[]>;

export async function begin(): Promise<Scene> {
  const world = await startWorld();
  try {
    const workers = [await world.startWorker(), await world.startWorker()];
    const tutor = await newPerson(world.ctx, "tutor");
    const scene = { world, tutor, workers };
    await connect(world.ctx, tutor, "zoom");
    await bookLessons(world.ctx, tutor, LESSONS);
    await rest(scene);
    const slow = { operation: "create", effect: "delay", delayMs: CREATE_MS } as const;
    await world.standIns.faults({ provider: "google", ...slow }, { provider: "zoom", ...slow });
    return scene;
  } catch (error) {
    await world.close();
    throw error;
  }
}

/**
 * Switches the tutor to the other provider. The budgets are reset as if each switch were on another day,
 * because more lessons move here than Zoom allows in one, and nobody switches that often within minutes. @returns before anything has moved
 */
export async function beginSwitch({ world, tutor }: Scene, round: number): Promise<void> {
  await sql`update provider_budgets set taken = 0`.execute(world.ctx.db);
  await sql`delete from limited_uses`.execute(world.ctx.db);
  await connect(world.ctx, tutor, round % 2 === 0 ? "google_meet" : "zoom");
}

export const rest = ({ world, tutor }: Scene): Promise<void> =>
  until("Rest", () => isAtRest(world, tutor), REST_WITHIN_MS);

/** Deals the blow. @returns the seconds from it to the next step, or until nothing is left to do */
export async function secondsToNextStep(
  { world, tutor }: Scene,
  blow: () => Promise<void>,
): Promise<number> {
  await blow();
  const dealt = performance.now();
  const before = await progressOf(world, tutor);
  const isDone = async () =>
    (await progressOf(world, tutor)) > before || (await isAtRest(world, tutor));
  await until("A step", isDone, STEP_WITHIN_MS);
  return (performance.now() - dealt) / 1000;
}

export async function report({ world, tutor }: Scene, line: string): Promise<void> {
  const { lost, doubled } = await tally(world, tutor);
  console.log(`${line}, ${lost} lost, ${doubled} doubled`);
}

async function until(what: string, test: () => Promise<boolean>, withinMs: number): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await test())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${withinMs / 1000} s`);
    await delay(50);
  }
}
