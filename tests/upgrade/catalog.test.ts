/** What earlier versions left, brought up to date, is what a new database is: the same tables, rights, policies and indices. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readCatalog } from "#lib/platform/catalog/catalog.ts";
import { type OpenDatabase, openEmbedded, openServer } from "#lib/platform/db.ts";
import { MIGRATIONS, migrate } from "#lib/platform/migrations/migrate.ts";
import { type PostgresServer, startPostgres } from "#tests/harness/databases/postgresServer.ts";
import { inWhole } from "#tests/harness/extent.ts";
import { unpack } from "./pack.ts";

const closed: { commit: string }[] = JSON.parse(readFileSync("tests/upgrade/closed.json", "utf8"));
const commits = closed.map(({ commit }) => commit);
const kept = JSON.parse(readFileSync("supabase/catalog.json", "utf8"));

let server: PostgresServer;
let folder: string;
beforeAll(async () => {
  server = await startPostgres();
  folder = mkdtempSync(join(tmpdir(), "segue-upgraded-"));
  const admin = openServer(server.url("postgres"), 1);
  // Roles belong to the server, and a dump holds none.
  await admin.exec(`
    create role anon nologin noinherit;
    create role authenticated nologin noinherit;
    create role service_role nologin noinherit;
    grant anon, authenticated, service_role to segue with set true;`);
  await admin.close();
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function upgraded(database: OpenDatabase) {
  try {
    await migrate(database, MIGRATIONS);
    return await readCatalog(database.db);
  } finally {
    await database.close();
  }
}

test.each(inWhole(commits, commits.slice(-1)))("a server's database of %s", async (commit) => {
  const place = join(folder, `server-${commit}`);
  unpack(`tests/upgrade/${commit}/server.tar.zst`, place);
  const database = openServer(await server.create(`upgraded_${commit}`), 1);
  await database.exec(readFileSync(join(place, "database.sql"), "utf8"));
  expect(await upgraded(database)).toEqual(kept);
});

test.each(inWhole(commits, commits.slice(-1)))("a data folder of %s", async (commit) => {
  const place = join(folder, `embedded-${commit}`);
  unpack(`tests/upgrade/${commit}/embedded.tar.zst`, place);
  expect(await upgraded(await openEmbedded(place))).toEqual(kept);
});
