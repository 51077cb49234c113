/** Starts a process (configuration, database, migrations, jobs) and stops it again. */
import { loadConfig } from "#lib/platform/config.ts";
import { HAS_SAID_WHY } from "#lib/platform/configError.ts";
import { closeNewFiles, tellAddress } from "#lib/platform/dataFolder.ts";
import { createMailer } from "#lib/platform/mail/mailer.ts";
import { openDatabase } from "#lib/platform/openDatabase.ts";
import { finishMs } from "#lib/platform/patience.ts";
import { reasonOf } from "#lib/platform/reason.ts";
import { hearsNotifications } from "#lib/platform/server/notifications.ts";
import { tellOfWaiting } from "#lib/platform/server/waiting.ts";
import { decideUidHost } from "#lib/records/installation/queries.ts";
import { fillWallClocks } from "#lib/services/bookings/fillWallClocks.ts";
import { nameZones } from "#lib/services/people/nameZones.ts";
import { logZoneChanges } from "#lib/services/sessions/zoneChanges.ts";
import { createAuth } from "./auth.ts";
import { noteSocketAddresses } from "./clientAddress.ts";
import { createContext } from "./context.ts";
import { makeDemo } from "./demo/demo.ts";
import { setTheTone, untilTheSame } from "./process/canary.ts";
import { drain } from "./process/drain.ts";
import { keepRuntime, type Runtime } from "./runtime.ts";
import { assertSetUp, setUpDatabase } from "./setUp.ts";

interface Started {
  runtime: Runtime;
  /** Takes jobs from now on. */
  work(): Promise<void>;
}

/** Everything except serving and working: brings the database up to date. */
async function startRuntime(): Promise<Started> {
  closeNewFiles();
  const config = loadConfig();
  const database = await openDatabase(config);
  await (config.databaseOwnerUrl ? assertSetUp(database) : setUpDatabase(database));
  await decideUidHost(database.db, new URL(config.appUrl).hostname);
  const listens = await hearsNotifications(database);
  const { ctx, jobs, metrics } = createContext(config, database, { listens });
  if (!listens) {
    ctx.log.info(
      "The database's pooler passes on no notifications, so jobs are looked for instead",
    );
  }
  const { engine } = database;
  const endTelling = engine.kind === "server" ? tellOfWaiting(engine.waiting, ctx.log) : null;
  await jobs.open();
  const auth = createAuth(ctx);
  const mailer = config.mail.smtpUrl ? createMailer(config.mail.smtpUrl, config.mail.from) : null;
  let stopping: Promise<void> | undefined;
  const takeBack = config.databaseUrl ? null : tellAddress(config.dataDir, config.ownUrl);
  const stop = async () => {
    takeBack?.();
    endTelling?.();
    await jobs.close();
    await database.close();
  };
  const runtime: Runtime = {
    ctx,
    auth,
    database,
    jobs,
    metrics,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
  keepRuntime(runtime);
  await nameZones(ctx);
  await fillWallClocks(ctx);
  await logZoneChanges(ctx);
  if (config.demo) await makeDemo(runtime);
  return { runtime, work: () => jobs.work(ctx, mailer) };
}

/** Stops in order on the signals that end a process. */
function stopOnSignal(stop: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.once(signal, () => stop().then(resolve, reject));
    }
  });
}

/** Jobs go on meanwhile: a switch that somebody waits for needs them. */
async function finishAndStop({ ctx, stop }: Runtime): Promise<void> {
  const { drainSeconds, switchWaitSeconds } = ctx.config;
  const waitMs = drainSeconds * 1000;
  const cutOff = await drain.finish({ waitMs, finishMs: finishMs(switchWaitSeconds) });
  if (cutOff > 0) ctx.log.warn({ answers: cutOff }, "Answers that took too long were cut off");
  await stop();
}

/**
 * The web process. If the start fails, it ends the process with one line: otherwise Next would go on and
 * answer 500.
 */
export async function startWeb(): Promise<void> {
  try {
    noteSocketAddresses();
    drain.watch();
    const { runtime, work } = await startRuntime();
    await setTheTone(runtime.ctx);
    await work();
    void stopOnSignal(() => finishAndStop(runtime)).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  } catch (error) {
    process.stderr.write(`Segue can't start: ${reasonOf(error)}\n`);
    process.exit(HAS_SAID_WHY);
  }
}

/** A process that only works on jobs. Resolves after a signal, when everything has stopped. */
export async function runWorker(): Promise<void> {
  const { runtime, work } = await startRuntime();
  const stopping = new AbortController();
  const stopped = stopOnSignal(async () => {
    stopping.abort();
    await runtime.stop();
  });
  if (await untilTheSame(runtime.ctx, stopping.signal)) {
    await work();
    runtime.ctx.log.info("Worker is ready");
  }
  await stopped;
}
