/** All at once, each with the usual retries. */
import { setTimeout as sleep } from "node:timers/promises";
import { type Contestant, type Lesson, RETRIES, type Work } from "./work.ts";

export const promiseAll: Contestant = async (work) => {
  await Promise.allSettled(work.lessons.map((lesson) => insist(work, lesson)));
};

async function insist(work: Work, lesson: Lesson, tries = 0): Promise<void> {
  try {
    await work.move(lesson);
  } catch (error) {
    if (tries === RETRIES) throw error;
    await sleep(1000 * 2 ** tries);
    await insist(work, lesson, tries + 1);
  }
}
