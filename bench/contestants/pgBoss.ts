/** A job for each lesson in pg-boss, which tries again by itself. Five at a time, as nobody publishes a number. */
import { setTimeout as sleep } from "node:timers/promises";
import { PgBoss } from "pg-boss";
import { type Contestant, RETRIES } from "./work.ts";

const QUEUE = "lessons";
const AT_ONCE = 5;

export const pgBoss: Contestant = async (work) => {
  const boss = new PgBoss(work.databaseUrl);
  boss.on("error", console.error);
  await boss.start();
  await boss.createQueue(QUEUE, { retryLimit: RETRIES, retryDelay: 1, retryBackoff: true });
  await boss.insert(
    QUEUE,
    work.lessons.map(({ id }) => ({ data: { id } })),
  );
  let open = work.lessons.length;
  const tries = new Map<number, number>();
  const options = { localConcurrency: AT_ONCE, pollingIntervalSeconds: 0.5 };
  await boss.work<{ id: number }>(QUEUE, options, async ([job]) => {
    const lesson = work.lessons.find(({ id }) => id === job?.data.id);
    if (!lesson) throw new Error("There is no such lesson");
    const tried = (tries.get(lesson.id) ?? 0) + 1;
    tries.set(lesson.id, tried);
    try {
      await work.move(lesson);
      open -= 1;
    } catch (error) {
      if (tried > RETRIES) open -= 1;
      throw error;
    }
  });
  while (open > 0) await sleep(20);
  await boss.stop({ graceful: false });
};
