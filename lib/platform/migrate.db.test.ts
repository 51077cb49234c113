import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { ownDatabase } from "#tests/harness/databases/database.ts";
import { MIGRATIONS } from "#tests/harness/databases/migratedServer.ts";
import { openServer } from "./db.ts";
import { migrate, readMigrations } from "./migrate.ts";

let folder: string;

const database = ownDatabase();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "segue-migrations-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("the history holds each file as the Supabase CLI notes it, and a second run does nothing", async () => {
  const before = await history();
  expect(before.map(({ version, name }) => `${version}_${name}`)).toEqual(
    readMigrations(MIGRATIONS).map(({ version, name }) => `${version}_${name}`),
  );
  const [first] = readMigrations(MIGRATIONS);
  const file = join(MIGRATIONS, `${first?.version}_${first?.name}.sql`);
  expect(before[0]?.statements.join("")).toBe(readFileSync(file, "utf8"));
  expect(await migrate(database, MIGRATIONS)).toEqual([]);
  expect(await history()).toEqual(before);
});

test("a file that fails leaves nothing, and what stood before it stays", async () => {
  const before = await history();
  put("90000000000001_good.sql", "create table good (id int8, note text default 'it''s; here');");
  put("90000000000002_bad.sql", "create table half (id int8); select nonsense;");
  put("90000000000003_later.sql", "create table later (id int8);");
  await expect(migrate(database, folder)).rejects.toThrow("Migration 90000000000002_bad failed");
  expect(await exists("good")).toBe(true);
  expect(await exists("half")).toBe(false);
  expect(await exists("later")).toBe(false);
  expect((await history()).length).toBe(before.length + 1);
  // The file has been corrected.
  put("90000000000002_bad.sql", "create table half (id int8);");
  expect(await migrate(database, folder)).toEqual(["bad", "later"]);
});

test("a file with another kind of name is an error, what isn't SQL is none of its business", async () => {
  put("README.md", "not a migration");
  expect(readMigrations(folder)).toEqual([]);
  put("first.sql", "select 1");
  await expect(migrate(database, folder)).rejects.toThrow("first.sql: a migration is named");
});

test.runIf(inject("engine") === "postgres")(
  "processes that start at once on an empty database take turns",
  async () => {
    const name = `empty_${process.pid}_${Date.now()}`;
    await sql.raw(`create database ${name}`).execute(database.db);
    const starts = Array.from({ length: 4 }, () => openServer(inject("server") + name, 2));
    try {
      await Promise.all(starts.map((start) => migrate(start, MIGRATIONS)));
      const [one] = starts;
      const { rows } = await sql`select version from supabase_migrations.schema_migrations`.execute(
        one?.db ?? database.db,
      );
      expect(rows).toHaveLength(readMigrations(MIGRATIONS).length);
    } finally {
      await Promise.all(starts.map((start) => start.close()));
      await sql.raw(`drop database ${name} with (force)`).execute(database.db);
    }
  },
);

const put = (name: string, text: string) => writeFileSync(join(folder, name), text);

const history = async () =>
  (
    await sql<{ version: string; name: string; statements: string[] }>`
      select version, name, statements from supabase_migrations.schema_migrations
      order by version`.execute(database.db)
  ).rows;

const exists = async (table: string) =>
  (await sql<{ at: string | null }>`select to_regclass(${table}) as at`.execute(database.db))
    .rows[0]?.at !== null;
