/** The two commands as an operator runs them, on what an earlier version left. */
import {
  existsSync,
  globSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { lockDataFolder } from "#lib/platform/dataFolder.ts";
import { type OpenDatabase, openEmbedded, openServer } from "#lib/platform/db.ts";
import { loadSecrets } from "#lib/platform/secrets.ts";
import { everyRow } from "#tests/harness/databases/everyRow.ts";
import { type PostgresServer, startPostgres } from "#tests/harness/databases/postgresServer.ts";
import { runSegue } from "#tests/harness/production/commandLine.ts";
import { manifest } from "#tests/upgrade/alive.ts";
import { unpack } from "#tests/upgrade/pack.ts";
import { CommandError } from "../commandError.ts";
import { exportTo } from "./exportHouse.ts";
import { importFrom } from "./importHouse.ts";

const PASSPHRASE = "a passphrase of these tests";
const MARKS = "private.tutors_to_look_at";
const ownKeys = {
  AUTH_SECRET: "0123456789".repeat(4),
  TOKEN_ENCRYPTION_KEYS: `k7:${Buffer.alloc(32, 7).toString("base64")}`,
};

let folder: string;
let home: string;
let server: PostgresServer;
let withKeys: string;
let without: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "segue-moving-"));
  home = join(folder, "home");
  withKeys = join(folder, "with-keys");
  without = join(folder, "without");
  unpack(join(newestKept(), "embedded.tar.zst"), home);
  server = await startPostgres();
  expect(await segue(["migrate"], { DATA_DIR: home })).toMatchObject({ status: 0 });
  for (const args of [[withKeys, "--with-keys"], [without]]) {
    expect(await segue(["export", ...args], { DATA_DIR: home })).toMatchObject({ status: 0 });
  }
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What its demo and people left. */
function newestKept(): string {
  const kept = globSync("tests/upgrade/*/manifest.json").map((file) => ({
    folder: dirname(file),
    at: manifest.parse(JSON.parse(readFileSync(file, "utf8"))).embedded.at,
  }));
  return kept.sort((one, other) => one.at.localeCompare(other.at)).at(-1)?.folder ?? "";
}

const segue = (args: string[], env: Record<string, string>, until?: string) =>
  runSegue(args, { SEGUE_PASSPHRASE: PASSPHRASE, ...env }, until);

async function rowsOf(opening: OpenDatabase | Promise<OpenDatabase>) {
  const database = await opening;
  const rows = await everyRow(database.db).finally(() => database.close());
  const marks = rows[MARKS] ?? [];
  rows[MARKS] = [];
  return { rows, marks };
}
const atHome = () => rowsOf(openEmbedded(home));
const onServer = (url: string) => rowsOf(openServer(url, 1));
const modeOf = (file: string) => statSync(file).mode & 0o777;

test("from a folder to a server, on to another, and back into a folder: rows and keys are the same", async () => {
  const before = await atHome();
  expect(before.rows["public.sessions"]?.length).toBeGreaterThan(40);
  expect(modeOf(withKeys)).toBe(0o600);

  // The operator doesn't have the keys yet: they come with the file.
  const first = await server.create("first");
  const moved = await segue(["import", withKeys], { DATABASE_URL: first });
  expect(moved).toMatchObject({ status: 0, stderr: "" });
  expect(moved.stdout).toMatch(
    /^Imported \d+ rows\. Before you start Segue, [^\n]+\.env [^\n]+\n$/,
  );
  const there = await onServer(first);
  expect(there.rows).toEqual(before.rows);
  expect(there.marks.length).toBeGreaterThan(0);
  const secrets = loadSecrets(home);
  expect(modeOf(`${withKeys}.env`)).toBe(0o600);
  const keys = z
    .object({ AUTH_SECRET: z.string(), TOKEN_ENCRYPTION_KEYS: z.string() })
    .parse(parseEnv(readFileSync(`${withKeys}.env`, "utf8")));
  expect(keys).toEqual({
    AUTH_SECRET: secrets.authSecret,
    TOKEN_ENCRYPTION_KEYS: secrets.tokenKeys,
  });
  expect(`${moved.stdout}${moved.stderr}`).not.toContain(secrets.tokenKeys.slice(-20));

  const second = await server.create("second");
  const file = join(folder, "second");
  const at = { DATABASE_URL: first, ...keys };
  expect(await segue(["export", file, "--with-keys"], at)).toMatchObject({ status: 0 });
  const again = await segue(["import", file], { ...at, DATABASE_URL: second });
  // These keys are set already, so there is nothing to put anywhere.
  expect(again.stdout).toMatch(/^Imported \d+ rows\. Never start the old Segue again\.\n$/);
  expect(existsSync(`${file}.env`)).toBe(false);
  expect((await onServer(second)).rows).toEqual(before.rows);

  const back = join(folder, "back");
  expect(await segue(["import", file], { DATA_DIR: back })).toMatchObject({ status: 0 });
  expect(await rowsOf(openEmbedded(back))).toEqual(await onServer(second));
  const { cliSecret, ...kept } = loadSecrets(back);
  expect(kept).toEqual({ authSecret: secrets.authSecret, tokenKeys: secrets.tokenKeys });
  expect(cliSecret).not.toBe(secrets.cliSecret);
  expect(modeOf(join(back, "secrets.json"))).toBe(0o600);
  expect(readdirSync(back).sort()).toEqual(["db", "secrets.json"]);
});

test("a process starts on what was imported, and the keys open what is sealed", {
  tags: ["whole"],
}, async () => {
  const url = await server.create("started");
  const { authSecret, tokenKeys } = loadSecrets(home);
  const env = { DATABASE_URL: url, AUTH_SECRET: authSecret, TOKEN_ENCRYPTION_KEYS: tokenKeys };
  // Without keys in the file, those that are set are tried.
  expect(await segue(["import", without], env)).toMatchObject({ status: 0, stderr: "" });
  const worked = await segue(["worker"], env, "Worker is ready");
  expect(worked).toMatchObject({ status: 0, stderr: "" });
  expect(worked.stdout).not.toMatch(/"level":"?(60|fatal)/);
  const rotated = await segue(["rotate-keys"], env);
  expect(rotated).toMatchObject({ status: 0, stdout: expect.stringContaining("sealed anew") });
});

test("where the role of the processes owns nothing, the owner imports, and a process works", {
  tags: ["whole"],
}, async () => {
  const ownerUrl = await server.create("owned");
  const owner = openServer(ownerUrl, 1);
  await owner.exec("create role moves_and_owns_nothing login");
  await owner.close();
  const url = new URL(ownerUrl);
  url.username = "moves_and_owns_nothing";
  const { authSecret, tokenKeys } = loadSecrets(home);
  const env = {
    DATABASE_URL: url.href,
    AUTH_SECRET: authSecret,
    TOKEN_ENCRYPTION_KEYS: tokenKeys,
  };
  const owned = { ...env, DATABASE_OWNER_URL: ownerUrl };
  expect(await segue(["import", without], owned)).toMatchObject({ status: 0, stderr: "" });
  const worked = await segue(["worker"], env, "Worker is ready");
  expect(worked).toMatchObject({ status: 0, stderr: "" });
  const file = join(folder, "owned");
  expect(await segue(["export", file], owned)).toMatchObject({ status: 0, stderr: "" });
});

const said = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "done",
    (error: Error) => {
      expect(error).toBeInstanceOf(CommandError);
      return error.message;
    },
  );

test("what can't be moved is said in one line, and nothing is changed", async () => {
  const url = await server.create("refusing");
  const other = { DATABASE_URL: url, ...ownKeys };
  const fresh = { DATA_DIR: join(folder, "new") };
  const nowhere = join(folder, "no");
  const to = join(folder, "e");
  const refusals: [() => Promise<number>, Record<string, string>, RegExp][] = [
    [() => importFrom([without]), other, /^TOKEN_ENCRYPTION_KEYS here doesn't open .+$/],
    [() => importFrom([without]), fresh, /^TOKEN_ENCRYPTION_KEYS here doesn't open .+$/],
    [() => importFrom([withKeys]), { ...other, SEGUE_PASSPHRASE: "wrong" }, /^This isn't the .+$/],
    [() => importFrom([withKeys]), { ...other, SEGUE_PASSPHRASE: "" }, /^Set SEGUE_PASSPHRASE .+$/],
    [() => importFrom([withKeys]), { DATA_DIR: home }, /^This database isn't empty: .+$/],
    [() => importFrom([]), other, /^Usage: import <file>$/],
    [() => exportTo([]), other, /^Usage: export <file> \[--with-keys\]$/],
    [() => exportTo([withKeys]), { DATA_DIR: home }, /is there already\. .+$/],
    [() => exportTo([to]), other, /^This database lacks .+$/],
    [() => exportTo([to]), { DATA_DIR: nowhere }, /^There is no database .+$/],
    [
      () => exportTo([to]),
      { DATA_DIR: home, SEGUE_PASSPHRASE: "short" },
      /^The passphrase needs .+$/,
    ],
  ];
  for (const [command, env, line] of refusals) {
    vi.stubEnv("SEGUE_PASSPHRASE", PASSPHRASE);
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    expect(await said(command())).toMatch(line);
    vi.unstubAllEnvs();
  }
  expect(existsSync(to)).toBe(false);
  expect(existsSync(nowhere)).toBe(false);
  // Not even tables were made.
  expect((await onServer(url)).rows).toEqual({ [MARKS]: [] });
});

test("while a Segue runs on the folder, both commands say so", async () => {
  const unlock = lockDataFolder(home);
  vi.stubEnv("SEGUE_PASSPHRASE", PASSPHRASE);
  vi.stubEnv("DATA_DIR", home);
  for (const command of [exportTo([join(folder, "busy")]), importFrom([withKeys])]) {
    expect(await said(command)).toMatch(
      /^The data folder is in use by another Segue \(process \d+\)\. .+$/,
    );
  }
  vi.unstubAllEnvs();
  unlock();
});
