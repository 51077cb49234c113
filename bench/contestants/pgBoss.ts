/**
 * A job for each lesson in pg-boss, which tries again by itself. Five at a time, as nobody publishes a number. A job that was
 * under way when its process died is taken up again after half a minute.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { PgBoss } from "pg-boss";
import { type Contestant, RETRIES } from "./work.ts";

const QUEUE = "lessons";
const AT_ONCE = 5;
const LOST_AFTER_SECONDS = 30;

export const pgBoss: Contestant = async ({ lessons, move, left, databaseUrl }) => {
  const boss = new PgBoss(databaseUrl);
  boss.on("error", () => undefined);
  await boss.start();
  if (!(await boss.getQueue(QUEUE))) {
    await boss.createQueue(QUEUE, {
      retryLimit: RETRIES,
      retryDelay: 1,
      retryBackoff: true,
      expireInSeconds: LOST_AFTER_SECONDS,
    });
    await boss.insert(
      QUEUE,
      lessons.map(({ id }) => ({ data: { id } })),
    );
  }
  let failed = 0;
  const options = {
    localConcurrency: AT_ONCE,
    pollingIntervalSeconds: 0.5,
    includeMetadata: true as const,
  };
  await boss.work<{ id: number }>(QUEUE, options, async ([job]) => {
    const lesson = lessons.find(({ id }) => id === job?.data.id);
    if (!job || !lesson) return;
    try {
      await move(lesson);
    } catch (error) {
      if (job.retryCount >= RETRIES) failed += 1;
      throw error;
    }
  });
  // While the database is away, nobody knows.
  while ((await left().catch(() => Number.POSITIVE_INFINITY)) > failed) await sleep(250);
  await boss.stop({ graceful: false });
};
