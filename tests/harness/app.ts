/** A complete Segue for one test: built pages, stand-ins and a database of its own. It shares nothing. */
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { launch } from "#cli/launch.ts";
import { loadSecrets } from "#lib/platform/secrets.ts";
import { runCommand } from "#server/commands.ts";
import { copyForApp } from "./databases/appServer.ts";
import { copyTemplate } from "./databases/template.ts";
import { freePort } from "./ports.ts";
import { markFolder, sweepFolders } from "./tempFolders.ts";
import { type MovedClock, movedClock } from "./time/movedClock.ts";

export interface AppOptions {
  /** Settings that differ from the defaults, such as `UNDO_WINDOW_MINUTES`. */
  env?: Record<string, string>;
  /**
   * A PostgreSQL database, migrated or empty. Left out: one of the browser tests' own, because that starts in half
   * the time; with `demo`, `fresh` or `furnish`, and outside those tests, the embedded one.
   */
  databaseUrl?: string;
  /** Whether to make the demo data, as `npm start` does. */
  demo?: boolean;
  /** Whether to begin without a database, as the very first start does. */
  fresh?: boolean;
  /** Puts data into the app's folder, which is still empty, before the app starts. */
  furnish?: (dataDir: string) => Promise<void>;
  /** The time at the start, on a clock that the test can move. Left out: the machine's clock. */
  at?: Date;
}

export interface App {
  url: string;
  sandboxUrl: string;
  /** Runs a command of the command line: `make-admin`, `sql`, `doctor`. */
  command(command: string, ...args: string[]): Promise<unknown>;
  /** Stops it and starts it again on the same data, with these settings changed. */
  restart(env: Record<string, string>): Promise<void>;
  /** Null unless the app was started with `at`. */
  clock: MovedClock | null;
  /** What the web process has written so far. */
  output(): string;
  /** Idempotent. */
  stop(): Promise<void>;
}

const PREFIX = "segue-app-";
/** The environment variable that gives the server to the processes that run the tests. */
const SERVER = "SEGUE_TEST_SERVER";

/** Lets apps that don't need the embedded database have theirs on this server. */
export function offerServer(url: string): void {
  process.env[SERVER] = url;
}

async function withDatabase(options: AppOptions): Promise<AppOptions> {
  const server = process.env[SERVER];
  const { databaseUrl, demo, fresh, furnish } = options;
  if (!server || databaseUrl || demo || fresh || furnish) return options;
  return { ...options, databaseUrl: await copyForApp(server) };
}

/** Starts an app and resolves when it answers. Stop it in the clean-up of the test or fixture. */
export async function startApp(asked: AppOptions = {}): Promise<App> {
  sweepFolders(PREFIX);
  const options = await withDatabase(asked);
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  markFolder(folder);
  let output = "";
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const dataDir = join(folder, "data");
  const clock = options.at ? movedClock(folder, options.at) : null;
  try {
    if (options.furnish) await options.furnish(dataDir);
    else if (!options.databaseUrl && !options.fresh) copyTemplate(dataDir);
    const env = await environment(options, dataDir, clock);
    const start = async (changes: Record<string, string>) => {
      const onOutput = (text: string) => {
        output += text;
      };
      const started = await launch({
        env: { ...env, ...changes },
        ...(clock && { clock }),
        onOutput,
      });
      const { sandboxUrl } = started;
      if (!sandboxUrl) throw new Error("No stand-in was started");
      return { ...started, sandboxUrl };
    };
    let running = await start({});
    return {
      get url() {
        return running.config.appUrl;
      },
      get sandboxUrl() {
        return running.sandboxUrl;
      },
      restart: async (changes) => {
        await running.stop();
        running = await start(changes);
      },
      command: async (command, ...args) => {
        if (options.databaseUrl) return runCommand(command, args, running.config);
        const answer = await fetch(`${running.config.appUrl}/api/cli`, {
          method: "POST",
          headers: {
            authorization: `Bearer ${loadSecrets(running.config.dataDir).cliSecret}`,
            "content-type": "application/json",
          },
          body: JSON.stringify({ command, args }),
        });
        const said: unknown = await answer.json();
        if (!answer.ok) throw new Error(`${command}: ${JSON.stringify(said)}`);
        return said;
      },
      clock,
      output: () => output,
      stop: async () => {
        await running.stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw new Error(`Segue didn't start for the test:\n${output}`, { cause: error });
  }
}

async function environment(
  { env, databaseUrl, demo }: AppOptions,
  dataDir: string,
  clock: MovedClock | null,
) {
  const port = await freePort();
  const server = databaseUrl && {
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: randomBytes(32).toString("base64url"),
    TOKEN_ENCRYPTION_KEYS: `test:${randomBytes(32).toString("base64")}`,
  };
  return {
    ...withoutDotEnv(),
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    TMPDIR: process.env.TMPDIR,
    PORT: `${port}`,
    // `localhost` may resolve to IPv6 first. With this address the test's browser and the app agree.
    APP_URL: `http://127.0.0.1:${port}`,
    DATA_DIR: dataDir,
    SEGUE_DEMO: demo ? "" : "off",
    // Waiting this long, the page after a consent shows the outcome, however slow the machine is.
    SWITCH_WAIT_SECONDS: "60",
    ...clock?.env,
    ...server,
    ...env,
  };
}

/** Next reads a developer's `.env` by itself. It leaves alone any variable that is set, even if empty. */
function withoutDotEnv(): Record<string, string> {
  if (!existsSync(".env")) return {};
  const names = Object.keys(parseEnv(readFileSync(".env", "utf8")));
  return Object.fromEntries(names.map((name) => [name, ""]));
}
