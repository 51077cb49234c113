/**
 * Starts a complete Segue: the web process, and stand-ins for whatever the configuration lacks. Both
 * `segue start` and the end-to-end tests start it here.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Config } from "#lib/platform/config.ts";
import { HAS_SAID_WHY } from "#lib/platform/configError.ts";
import { finishMs, STOP_MS } from "#lib/platform/patience.ts";
import { nextBin } from "./build.ts";
import { AlreadySaid, CommandError } from "./commandError.ts";
import { configure, type Environment } from "./environment.ts";
import { startStandIns } from "./standIns.ts";
import { assertStartable } from "./startable.ts";

export interface LaunchOptions {
  env: Environment;
  dev?: boolean;
  /** Receives the output of the web process. Without it, the output goes to this process's own. */
  onOutput?: (text: string) => void;
  /** The clock of the stand-ins; the machine's by default. */
  clock?: () => Date;
}

export interface Running {
  config: Config;
  /** The address where it listens; `config.appUrl` is what people type. */
  url: string;
  sandboxUrl: string | null;
  inboxUrl: string | null;
  /** Resolves with the exit code when the web process has ended. */
  exited: Promise<number>;
  /** Idempotent. Resolves when nothing is left running. */
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 120_000;
/** Beside what the web process itself gives the answers and jobs that are under way. */
const STOP_WITHIN_MS = 10_000;
/**
 * In milliseconds. Longer than any proxy in front of Segue keeps a connection (Google Cloud's load balancer:
 * ten minutes). Otherwise we would close a connection just as the proxy uses it.
 */
const KEEP_ALIVE_MS = 620_000;

/**
 * Resolves when Segue answers. Build first, unless `dev` is set.
 * @throws ConfigError, FolderInUse, CommandError with a line for people, or AlreadySaid
 */
export async function launch(options: LaunchOptions): Promise<Running> {
  const { config } = configure(options.env);
  // Checked here as well as in the web process, so that the stand-ins aren't started twice.
  await assertStartable(config);
  const sandbox = await startStandIns(config, options.clock);
  const child = startWeb(options, config, sandbox?.env ?? {});
  const exited = new Promise<number>((settle) => {
    child.once("exit", (code) => settle(code ?? 1));
    child.once("error", () => settle(1));
  });
  let stopping: Promise<void> | undefined;
  const { drainSeconds, switchWaitSeconds } = config;
  const stopWithinMs = drainSeconds * 1000 + finishMs(switchWaitSeconds) + STOP_MS + STOP_WITHIN_MS;
  const stop = async () => {
    signalGroup(child, "SIGTERM");
    const abandoned = new AbortController();
    await Promise.race([
      exited,
      delay(stopWithinMs, undefined, { signal: abandoned.signal }).catch(() => undefined),
    ]);
    abandoned.abort();
    signalGroup(child, "SIGKILL");
    await exited;
    await sandbox?.stop();
  };
  const running: Running = {
    config,
    url: config.ownUrl,
    sandboxUrl: sandbox?.url ?? null,
    inboxUrl: sandbox?.env.INBOX_URL ?? config.mail.inboxUrl,
    exited,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
  try {
    await untilReady(running);
    return running;
  } catch (error) {
    await running.stop();
    throw error;
  }
}

function startWeb(
  { env, dev = false, onOutput }: LaunchOptions,
  config: Config,
  sandboxEnv: Record<string, string>,
): ChildProcess {
  const guard = ["orphan.mjs", "door.ts"].flatMap((file) => [
    "--import",
    new URL(file, import.meta.url).href,
  ]);
  const mode = dev ? ["dev"] : ["start", "--keepAliveTimeout", `${KEEP_ALIVE_MS}`];
  const command = [nextBin, ...mode, "-p", `${config.port}`, "-H", config.host];
  const child = spawn(process.execPath, [...guard, ...command], {
    env: {
      ...env,
      ...sandboxEnv,
      NODE_ENV: dev ? "development" : "production",
      NEXT_TELEMETRY_DISABLED: "1",
      // A start takes half as long where an earlier one has left compiled code. A new build clears it.
      NODE_COMPILE_CACHE: env.NODE_COMPILE_CACHE ?? resolve(".next/compiled"),
      SEGUE_LAUNCHED_BY: `${process.pid}`,
      // The web process shuts itself down in order: Next would first wait for every open stream.
      ...(!dev && { NEXT_MANUAL_SIG_HANDLE: "1" }),
      APP_URL: config.appUrl,
      PORT: `${config.port}`,
      DATA_DIR: resolve(config.dataDir),
    },
    // A process group of its own: Ctrl-C in a terminal reaches only us, and we stop it once and in order.
    detached: process.platform !== "win32",
    stdio: ["pipe", onOutput ? "pipe" : "inherit", onOutput ? "pipe" : "inherit"],
  });
  if (onOutput) {
    child.stdout?.setEncoding("utf8").on("data", onOutput);
    child.stderr?.setEncoding("utf8").on("data", onOutput);
  }
  return child;
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

async function untilReady({ url, exited }: Running): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  const ended = exited.then(endedEarly);
  while (performance.now() < deadline) {
    const state = await Promise.race([isReady(url), ended]);
    if (state instanceof Error) throw state;
    if (state) return;
    await delay(100);
  }
  throw new CommandError(`Segue doesn't answer at ${url}/api/ready.`);
}

/** @param code the exit code of a web process that never answered */
export const endedEarly = (code: number): Error =>
  code === HAS_SAID_WHY
    ? new AlreadySaid()
    : new CommandError(
        `Segue stopped while starting, with exit code ${code}; what it printed before may say why.`,
      );

async function isReady(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/api/ready`, { signal: AbortSignal.timeout(5_000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    // Refused, cut or too slow: the caller asks again, and reports it in the end.
    return false;
  }
}
