/**
 * A durable workflow for each lesson, on a DBOS queue that runs five at a time and keeps to the published pace. A process that
 * starts anew has the same name and version, so it takes up what the former one left.
 */
import { DBOS } from "@dbos-inc/dbos-sdk";
import { type Contestant, RETRIES } from "./work.ts";

const QUEUE = "lessons";
const AT_ONCE = 5;
/** Zoom's Pro plan allows twenty creates a second, and Google's user ten. */
const PACE = { limitPerPeriod: 10, periodSec: 1 };

export const dbos: Contestant = async ({ lessons, move, databaseUrl }) => {
  const again = { retriesAllowed: true, maxAttempts: RETRIES, intervalSeconds: 1, backoffRate: 2 };
  const workflow = DBOS.registerWorkflow(
    async (id: number) => {
      const lesson = lessons.find((one) => one.id === id);
      if (lesson) await DBOS.runStep(() => move(lesson), { name: "move", ...again });
    },
    { name: "moveLesson" },
  );
  DBOS.setConfig({
    name: "lessons",
    systemDatabaseUrl: databaseUrl,
    applicationVersion: "1",
    logLevel: "error",
    runAdminServer: false,
  });
  await DBOS.launch();
  await DBOS.registerQueue(QUEUE, {
    workerConcurrency: AT_ONCE,
    rateLimit: PACE,
    minPollingIntervalMs: 100,
  });
  const handles = [];
  for (const { id } of lessons) {
    const of = { queueName: QUEUE, workflowID: `lesson-${id}` };
    handles.push(await DBOS.startWorkflow(workflow, of)(id));
  }
  await Promise.allSettled(handles.map((handle) => handle.getResult()));
  await DBOS.shutdown();
};
