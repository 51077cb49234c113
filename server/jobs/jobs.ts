/**
 * Jobs in the app's own database. A job is a nudge, and the tables are the truth: a lost, doubled or late job
 * changes only the time. Each job's body is one line that calls a verb, or a function of `jobWork.ts` that
 * combines several.
 */
import { fromKysely, type Db as JobDatabase } from "pg-boss";
import type { OpenDatabase } from "#lib/platform/db.ts";
import type { Logger } from "#lib/platform/logger.ts";
import type { Mailer } from "#lib/platform/mail/mailer.ts";
import { cannotOpen } from "#lib/platform/openDatabase.ts";
import { ROUND_SECONDS, STOP_MS } from "#lib/platform/patience.ts";
import { checkSoonLinks } from "#lib/services/drift/checkSoonLinks.ts";
import { dueTutors } from "#lib/services/reconcile/sweep.ts";
import { Outbox } from "#lib/services/telling/sendMails.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { oneByOne } from "#lib/services/verb/oneByOne.ts";
import { Duty } from "./duty.ts";
import { everyMinute, type Nudges, workForTutor } from "./jobWork.ts";
import { bossOn, CLOCK, LINKS, MAIL, optionsOf, queues, RECONCILE } from "./queues.ts";

/**
 * Rows become due between the minutes too: after a lost answer, a meeting is searched for after two seconds. One process
 * looks for them, for all.
 */
const SWEEP_MS = 1_000;
/** A process that can't send jobs leaves the sweep to others for so long. */
const AWAY_SECONDS = 30;

/**
 * So many tutors' runs go on at once in a process. A run mostly waits for a provider, and its account's own number of calls
 * holds it back. An embedded database does one thing at a time.
 */
const TUTORS_AT_ONCE = { embedded: 4, server: 12 };

const workOptions = {
  localConcurrency: 1,
  pollingIntervalSeconds: 0.5,
  // With notify on, polling would otherwise slow down to 30 s and retries would be late.
  notifyPollingIntervalSeconds: 1,
} as const;

export interface Jobs {
  nudge: Context["nudge"];
  nudgeMail: Context["nudgeMail"];
  /** Creates the queues, in a database that is set up. No job is worked on yet. */
  open(): Promise<void>;
  work(ctx: Context, mailer: Mailer | null): Promise<void>;
  /** Lets running jobs finish, for up to a few seconds. */
  close(): Promise<void>;
}

/** @param listens false where notifications don't arrive; then jobs are only looked for */
export function createJobs(database: OpenDatabase, log: Logger, listens = true): Jobs {
  const boss = bossOn(database, {
    useListenNotify: listens,
    // These find a dead worker's job after its last heartbeat.
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
    // For this long, each process remembers which keys are being worked on, including those of a dead worker.
    // With the default of a minute, that worker's tutor would wait as long.
    queueCacheIntervalSeconds: 1,
    cronMonitorIntervalSeconds: 5,
    cronWorkerIntervalSeconds: 5,
  });
  boss.on("error", (error) => log.error({ err: error }, "Job queue error"));
  let sweep: NodeJS.Timeout | undefined;
  let sweeper: Duty | undefined;
  let outbox: Outbox | undefined;

  const send = (queue: string, key: string, data: object, db?: JobDatabase, every?: number) =>
    boss.send(queue, data, {
      singletonKey: key,
      ...(db && { db }),
      ...(every && { singletonSeconds: every }),
    });

  const nudge: Nudges = {
    tutor: (id) => send(RECONCILE, id, { tutorId: id }),
    mail: () => send(MAIL, "all", {}),
  };

  /** @returns false where this process couldn't send a job, and another may be able to */
  const nudgeDue = async (ctx: Context): Promise<boolean> => {
    const round = { what: "a due tutor's job", nameOf: String, seconds: ROUND_SECONDS };
    let failed = 0;
    await oneByOne(ctx, await dueTutors(ctx), round, (tutorId) =>
      send(RECONCILE, tutorId, { tutorId }, undefined, 2).catch((error: unknown) => {
        failed += 1;
        throw error;
      }),
    );
    return failed === 0;
  };

  return {
    nudge: async (trx, tutorId) =>
      void (await send(RECONCILE, tutorId, { tutorId }, fromKysely(trx))),
    nudgeMail: async (trx) => void (await send(MAIL, "all", {}, fromKysely(trx))),

    async open() {
      await boss.start().catch((error: unknown) => {
        throw database.engine.kind === "server" ? cannotOpen(error) : error;
      });
      for (const queue of queues) {
        await boss.createQueue(queue, optionsOf(queue));
        // Fills the queue's cache now. Otherwise the first send inside a transaction would read outside it,
        // which waits forever on the single connection of an embedded database.
        await boss.findJobs(queue, { key: "none" });
      }
      await boss.schedule(CLOCK, "* * * * *");
      await boss.schedule(LINKS, "17 * * * *");
    },

    async work(ctx, mailer) {
      const tutors = { ...workOptions, localConcurrency: TUTORS_AT_ONCE[database.engine.kind] };
      await boss.work<{ tutorId: string }>(RECONCILE, tutors, async ([job]) => {
        if (job) await workForTutor(ctx, job.data.tutorId, nudge);
      });
      if (mailer) {
        // The job only has mails begun: a slow mail server must not keep it from ending in time.
        const sending = new Outbox(ctx, mailer);
        outbox = sending;
        await boss.work(MAIL, workOptions, () => sending.begin());
      }
      await boss.work(CLOCK, workOptions, async () => {
        await everyMinute(ctx, nudge);
      });
      await boss.work(LINKS, workOptions, () => checkSoonLinks(ctx));
      const duty = new Duty(ctx, "sweep");
      sweeper = duty;
      const sweepOnce = async () => {
        try {
          const isDone = !(await duty.isOurs()) || (await nudgeDue(ctx));
          if (!isDone) await duty.leave(AWAY_SECONDS);
        } catch (error) {
          log.warn({ err: error }, "The sweep has to wait for the database");
        }
        if (sweep) sweep = setTimeout(sweepOnce, SWEEP_MS);
      };
      sweep = setTimeout(sweepOnce, SWEEP_MS);
    },

    async close() {
      clearTimeout(sweep);
      sweep = undefined;
      await sweeper?.leave().catch((error: unknown) => {
        log.warn({ err: error }, "The sweep is handed over when its lease ends");
      });
      await boss.stop({ graceful: true, timeout: STOP_MS });
      await outbox?.close(STOP_MS);
    },
  };
}
