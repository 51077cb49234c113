/**
 * `npm run upgrade:make -- <commit> [<clone>]`: makes a data folder and a PostgreSQL database with the code
 * of that commit, and keeps both in `tests/upgrade/<commit>/` for `tests/e2e/upgrade/`. It needs git,
 * tar, and Debian's postgresql, whose `pg_dump` matches its server.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { loadSecrets } from "#lib/platform/secrets.ts";
import { startPostgres } from "#tests/harness/databases/postgresServer.ts";
import { freePort } from "#tests/harness/ports.ts";
import type { Alive } from "./alive.ts";
import { pack } from "./pack.ts";
import { countsOf, keysOf, queryOf, withDatabase } from "./rows.ts";
import { type Cast, demoCast, live, newCast } from "./scenario.ts";

const START_WITHIN_MS = 900_000;
/** These are no secrets: they belong to a database that holds only made-up people. */
const testKeys = {
  AUTH_SECRET: "upgrade-test-only-upgrade-test-only",
  TOKEN_ENCRYPTION_KEYS: `test:${Buffer.alloc(32, "upgrade-test-only").toString("base64")}`,
};

/** From the version on that knows confirmed addresses, only such people connect and book. */
const CONFIRM = `
  do $$
  begin
    if exists (select from information_schema.columns
        where table_schema = 'public' and table_name = 'people' and column_name = 'confirmed_at') then
      execute 'update public.people set confirmed_at = now()';
    end if;
  end
  $$`;

const work = mkdtempSync(join(tmpdir(), "segue-upgrade-"));
try {
  await make(...process.argv.slice(2));
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function make(asked?: string, clone?: string): Promise<void> {
  if (!asked) throw new Error("Usage: npm run upgrade:make -- <commit> [<a clone that is built>]");
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
  const commit = git("rev-parse", "--short=7", `${asked}^{commit}`);
  const source = clone ?? join(work, "source");
  if (!clone) git("clone", "--quiet", "--no-checkout", ".", source);
  git("-C", source, "checkout", "--quiet", commit);
  const target = join("tests/upgrade", commit);
  mkdirSync(target, { recursive: true });
  const embedded = await makeEmbedded(source, target);
  const server = await makeServer(source, target);
  writeFileSync(
    join(target, "manifest.json"),
    `${JSON.stringify({ commit, embedded, server }, null, 2)}\n`,
  );
}

async function makeEmbedded(source: string, target: string): Promise<Alive> {
  const dataDir = join(work, "embedded");
  const lived = await stay({ source, dataDir, env: {} }, demoCast, async (url) => {
    // A checkpoint leaves little in the write-ahead log, which is as large as everything else.
    await command(url, dataDir, "sql", "checkpoint");
  });
  const copy = join(work, "copy");
  cpSync(dataDir, copy, { recursive: true });
  const rows = await withDatabase({ dataDir: copy }, async (db) =>
    countsOf(await keysOf(queryOf(db))),
  );
  pack(dataDir, join(target, "embedded.tar.zst"));
  return { ...lived, env: {}, rows };
}

async function makeServer(source: string, target: string): Promise<Alive> {
  const bin = debianPostgres();
  const postgres = await startPostgres({ bin });
  const dataDir = join(work, "server");
  try {
    const url = await postgres.create("segue");
    const lived = await stay(
      { source, dataDir, env: { DATABASE_URL: url, ...testKeys } },
      async (app) => {
        const cast = await newCast(app);
        await withDatabase({ url }, (db) => db.exec(CONFIRM));
        return cast;
      },
    );
    const rows = await withDatabase({ url }, async (db) => countsOf(await keysOf(queryOf(db))));
    const args = ["--no-owner", "--inserts", "--rows-per-insert=100", url];
    const dump = execFileSync(join(bin, "pg_dump"), args, { encoding: "utf8", maxBuffer: 1 << 28 });
    writeFileSync(
      join(dataDir, "database.sql"),
      // These lines protect pg_dump's scripts from other clients' commands. They are psql's, and no SQL
      // server knows them.
      dump.replace(/^\\(un)?restrict .*\n/gm, ""),
    );
    pack(dataDir, join(target, "server.tar.zst"));
    return { ...lived, env: testKeys, rows };
  } finally {
    await postgres.stop();
  }
}

function debianPostgres(): string {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).map(Number) : [];
  if (versions.length === 0) throw new Error("Needs PostgreSQL: apt-get install postgresql");
  return join(root, `${Math.max(...versions)}`, "bin");
}

interface Place {
  source: string;
  dataDir: string;
  env: Record<string, string>;
}

/** Starts the earlier version, lets its people act, and stops it in order. */
async function stay(
  { source, dataDir, env }: Place,
  cast: (url: string) => Promise<Cast>,
  last?: (url: string) => Promise<void>,
): Promise<Omit<Alive, "env" | "rows">> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const segue = spawn(process.execPath, ["scripts/run.mjs", "cli/segue.ts", "start"], {
    cwd: source,
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      NODE_ENV: "test",
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TMPDIR: process.env.TMPDIR,
      PORT: `${port}`,
      APP_URL: url,
      DATA_DIR: resolve(dataDir),
      ...env,
    },
  });
  const ended = once(segue, "exit");
  try {
    await untilReady(url, segue);
    const lived = await live(url, await cast(url));
    await last?.(url);
    return { ...lived, at: new Date().toISOString() };
  } finally {
    segue.kill("SIGTERM");
    await ended;
  }
}

async function untilReady(url: string, segue: ChildProcess): Promise<void> {
  const deadline = performance.now() + START_WITHIN_MS;
  while (performance.now() < deadline && segue.exitCode === null) {
    const answer = await fetch(`${url}/api/ready`).catch(() => null);
    if (answer?.ok) return;
    await delay(250);
  }
  throw new Error("The earlier version didn't start");
}

async function command(
  url: string,
  dataDir: string,
  ...words: [string, ...string[]]
): Promise<void> {
  const [name, ...args] = words;
  const answer = await fetch(`${url}/api/cli`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${loadSecrets(dataDir).cliSecret}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ command: name, args }),
  });
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
}
