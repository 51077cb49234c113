import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import pg from "pg";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { ownDatabase } from "#tests/harness/databases/database.ts";
import { openServer } from "../db.ts";
import { MIGRATIONS, migrate, readMigrations } from "./migrate.ts";

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

test.runIf(inject("engine") === "postgres")(
  "indices of a database in use are built while others write, and by two starts at once",
  async () => {
    await used(10, "busy");
    put(
      "90000000000012_busy_indices.sql",
      "-- Both.\ncreate index busy_id on public.busy (id);\ncreate index busy_note on public.busy (note);",
    );
    const other = openServer(urlOf(database), 2);
    try {
      const { release } = await writing("busy");
      const starts = Promise.all([migrate(database, folder), migrate(other, folder)]);
      await expect.poll(builds).toBeGreaterThan(0);
      await database.exec("set lock_timeout = 1; insert into busy values (2); reset lock_timeout;");
      await release();
      await starts;
    } finally {
      await other.close();
    }
    expect(await usableIndices("busy")).toEqual(["busy_id", "busy_note"]);
    expect(await migrate(database, folder)).toEqual([]);
  },
);

test.runIf(inject("engine") === "postgres")(
  "an index whose build had died half-way is built anew",
  async () => {
    await used(30, "half_built");
    await database.exec("insert into half_built values (1), (1)");
    // It leaves what a process leaves that is killed in a build.
    await expect(
      database.exec("create unique index concurrently half_built_id on half_built (id)"),
    ).rejects.toThrow("could not create unique index");
    put("90000000000032_index.sql", "create index half_built_id on public.half_built (id);");
    expect(await usableIndices("half_built")).toEqual([]);
    await migrate(database, folder);
    expect(await usableIndices("half_built")).toEqual(["half_built_id"]);
  },
);

test.runIf(inject("engine") === "postgres")(
  "a table that somebody uses is waited for in small parts, and not for ever",
  async () => {
    await used(20, "held");
    put("90000000000022_held.sql", "alter table held add column more int8;");
    const { release } = await writing("held");
    const short = { lockMs: 1, tries: 2, pauseMs: 1 };
    await expect(migrate(database, folder, short)).rejects.toThrow("lock timeout");
    const migrated = migrate(database, folder, { ...short, tries: 1_000_000 });
    // A reader who came while the lock is waited for without end would wait as long.
    await database.exec("select * from held");
    await release();
    expect(await migrated).toEqual(["held"]);
  },
);

/** How many builds wait for somebody's transaction. */
const builds = async () =>
  (
    await sql`select from pg_stat_activity where datname = current_database()
      and query like 'create index concurrently%' and wait_event_type = 'Lock'`.execute(database.db)
  ).rows.length;

const usableIndices = async (table: string) =>
  (
    await sql<{ name: string }>`select indexrelid::regclass::text as name from pg_index
      where indrelid = ${table}::regclass and indisvalid order by 1`.execute(database.db)
  ).rows.map(({ name }) => name);

/** A table of an installation that is in use. */
async function used(nr: number, table: string): Promise<void> {
  put(`900000000000${nr}_${table}.sql`, `create table ${table} (id int8, note text);`);
  await migrate(database, folder);
}

/** Somebody's transaction that has written into the table and isn't over. */
async function writing(table: string): Promise<{ release: () => Promise<void> }> {
  const client = new pg.Client({ connectionString: urlOf(database) });
  await client.connect();
  await client.query(`begin; insert into ${table} values (3)`);
  return {
    release: async () => {
      await client.query("commit");
      await client.end();
    },
  };
}

const urlOf = ({ url }: { url: string | null }): string => {
  if (!url) throw new Error("This test needs a server");
  return url;
};

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
