/** A PostgreSQL, the stand-ins, and workers in processes of their own that can be killed. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { parseConfig } from "#lib/platform/config.ts";
import { type OpenDatabase, openServer } from "#lib/platform/db.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { createContext } from "#server/context.ts";
import { setUpDatabase } from "#server/setUp.ts";
import { type PostgresServer, startPostgres } from "#tests/harness/databases/postgresServer.ts";
import { type StandIns, startStandIns } from "#tests/harness/standIns.ts";

const APP_URL = "http://127.0.0.1:3999";
/** Distinguishes the workers' backends (for their verbs, their jobs and listening) from our own. */
export const WORKER_NAME = "segue-worker";

export interface Worker {
  kill(): void;
  /** When it last logged that it moved a lesson, as `performance.now()` counts. */
  busyAt: number;
}

export interface World {
  ctx: Context;
  /** What every process of it is started with. */
  env: Record<string, string>;
  database: OpenDatabase;
  standIns: StandIns;
  postgres: PostgresServer;
  /** Starts a worker. Resolves when it works on jobs. */
  startWorker(): Promise<Worker>;
  /** How many workers ended without being killed. */
  endedByThemselves(): number;
  close(): Promise<void>;
}

/** @param settings that differ from those of most proofs */
export async function startWorld(settings: Record<string, string> = {}): Promise<World> {
  const postgres = await startPostgres();
  const databaseUrl = await postgres.create("segue_faults");
  const standIns = await startStandIns(settings.APP_URL ?? APP_URL, () => new Date());
  await standIns.settings({ zoomPlan: "none", zoomDailyLimit: null });
  const env: Record<string, string> = {
    ...standIns.env,
    APP_URL,
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: randomBytes(32).toString("base64url"),
    TOKEN_ENCRYPTION_KEYS: `k1:${randomBytes(32).toString("base64")}`,
    // Replaced rooms are deleted at once, and no callback waits for a switch: the test watches it itself.
    UNDO_WINDOW_MINUTES: "0",
    SWITCH_WAIT_SECONDS: "0",
    LOG_LEVEL: "error",
    ...settings,
  };
  const config = parseConfig(env);
  const database = openServer(postgres.url("segue_faults"));
  await setUpDatabase(database);
  const { ctx, jobs } = createContext(config, database);
  await jobs.open();
  const workerUrl = new URL(env.DATABASE_URL ?? "");
  workerUrl.searchParams.set("application_name", WORKER_NAME);
  const workers = new Set<ChildProcess>();
  let endedByThemselves = 0;
  return {
    ctx,
    env,
    database,
    standIns,
    postgres,
    async startWorker() {
      const child = spawn(process.execPath, ["cli/segue.ts", "worker"], {
        // The worker ends by itself when this process is gone, however that happened.
        env: {
          ...process.env,
          ...env,
          DATABASE_URL: workerUrl.href,
          LOG_LEVEL: "info",
          SEGUE_LAUNCHER: `${process.pid}`,
        },
        stdio: ["ignore", "pipe", "inherit"],
      });
      workers.add(child);
      child.once("exit", () => {
        if (workers.delete(child)) endedByThemselves += 1;
      });
      const kill = () => {
        if (workers.delete(child)) child.kill("SIGKILL");
      };
      const worker: Worker = { kill, busyAt: 0 };
      await new Promise<void>((resolve, reject) => {
        child.once("exit", () => reject(new Error("A worker ended before it was ready")));
        child.stdout?.setEncoding("utf8").on("data", (text: string) => {
          if (text.includes("Worker is ready")) resolve();
          if (text.includes("igrat")) worker.busyAt = performance.now();
        });
      });
      return worker;
    },
    endedByThemselves: () => endedByThemselves,
    async close() {
      for (const worker of workers) worker.kill("SIGKILL");
      await jobs.close();
      await database.close();
      await standIns.close();
      await postgres.stop();
    },
  };
}
