/** Real workers beside what a web process has written, on a server of this file's own. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseConfig } from "#lib/platform/config.ts";
import { type OpenDatabase, openServer } from "#lib/platform/db.ts";
import { tellSettings } from "#lib/services/keys/canary.ts";
import { type PostgresServer, startPostgres } from "#tests/harness/databases/postgresServer.ts";
import { startSegue } from "#tests/harness/production/commandLine.ts";
import { setUpDatabase } from "../setUp.ts";

const env: NodeJS.ProcessEnv = {
  NODE_ENV: "test",
  APP_URL: "https://segue.example",
  AUTH_SECRET: "0123456789".repeat(4),
  TOKEN_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString("base64")}`,
  ZOOM_CLIENT_ID: "id",
  ZOOM_CLIENT_SECRET: "secret",
};

let server: PostgresServer;
let database: OpenDatabase;
let url: string;
beforeAll(async () => {
  server = await startPostgres();
  url = await server.create("segue");
  database = openServer(url, 2);
  await setUpDatabase(database);
});
afterAll(async () => {
  await database?.close();
  await server?.stop();
});

const tell = (changes: Record<string, string> = {}) => {
  const config = parseConfig({ ...env, DATABASE_URL: url, ...changes });
  return tellSettings({ db: database.db, config, clock: () => new Date() });
};

const worker = (changes: Record<string, string> = {}) =>
  startSegue(["worker"], { ...env, DATABASE_URL: url, ...changes });

test("a worker without the web process's credentials takes no work, says why, and begins when they agree", async () => {
  await tell();
  const { stop, written, ended } = worker({ ZOOM_CLIENT_ID: "", ZOOM_CLIENT_SECRET: "" });
  await written(
    "This worker takes no work: its ZOOM_CLIENT_ID, ZOOM_CLIENT_SECRET differs from the web process's",
  );
  await tell({ ZOOM_CLIENT_ID: "", ZOOM_CLIENT_SECRET: "" });
  await written("it takes work");
  await written("Worker is ready");
  stop();
  expect(await ended).toMatchObject({ status: 0, stderr: "" });
});

test("one that waits ends in order when it is told to stop", { tags: ["whole"] }, async () => {
  await tell({ APP_URL: "https://other.example" });
  const { stop, written, ended } = worker();
  await written("its APP_URL differs");
  stop();
  const { status, stdout } = await ended;
  expect(stdout).not.toContain("Worker is ready");
  expect(status).toBe(0);
});

test("one whose keys open nothing ends with the line that says so", async () => {
  await tell();
  const { ended } = worker({ TOKEN_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32).toString("base64")}` });
  const { status, stderr } = await ended;
  expect(stderr).toMatch(/^Segue can't start: TOKEN_ENCRYPTION_KEYS: none of these keys [^\n]+\n$/);
  expect(status).toBe(1);
});
