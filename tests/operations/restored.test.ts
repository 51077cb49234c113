/** A backup as plain SQL, restored into another embedded database; `npm run drill` does it with the machine's own pg_dump. */
import { PGlite } from "@electric-sql/pglite";
import { pgDump } from "@electric-sql/pglite-tools/pg_dump";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type OpenDatabase, overPGlite, pgliteOptions } from "#lib/platform/db.ts";
import { MIGRATIONS, migrate } from "#lib/platform/migrations/migrate.ts";
import { everyRow } from "#tests/harness/databases/everyRow.ts";
import { differencesOf, somePeople } from "./restored.ts";

let rows: Record<string, string[]>;
let backup: string;
const opened: OpenDatabase[] = [];

const open = async () => {
  const pglite = await PGlite.create(pgliteOptions);
  const database = overPGlite(pglite);
  opened.push(database);
  return { pglite, database };
};

/** A server's roles aren't part of a database's backup, and a new server has those of Segue already (docs/guide.md). */
const roles = `create role anon; create role authenticated; create role service_role bypassrls`;

beforeAll(async () => {
  const { pglite, database } = await open();
  await migrate(database, MIGRATIONS);
  await database.exec(somePeople);
  rows = await everyRow(database.db);
  backup = await (await pgDump({ pg: pglite, args: ["--no-owner"] })).text();
});
afterAll(() => Promise.all(opened.map((database) => database.close())));

async function restored(from: string) {
  const { database } = await open();
  await database.exec(roles);
  await database.exec(from);
  return {
    rows: await everyRow(database.db),
    differences: await differencesOf(database.db),
    missing: await migrate(database, MIGRATIONS),
    exec: database.exec,
  };
}

test("a backup brings back every row, policy and right, and lessons still can't overlap", async () => {
  const whole = await restored(backup);
  expect(whole.rows).toEqual(rows);
  expect(whole.rows["public.sessions"]).toHaveLength(1);
  expect(whole.differences).toEqual([]);
  expect(whole.missing).toEqual([]);
  const twice = whole.exec(`insert into public.sessions (booking_id, tutor_id, student_id, title,
      scheduled_start_at, scheduled_end_at)
    select booking_id, tutor_id, student_id, title, scheduled_start_at, scheduled_end_at from public.sessions`);
  await expect(twice).rejects.toThrow("sessions_do_not_overlap");
});

test("one that lacks its policies has the same rows, and is told apart", {
  tags: ["whole"],
}, async () => {
  const part = await restored(backup.replace(/^CREATE POLICY [^;]+;$/gm, ""));
  expect(part.rows).toEqual(rows);
  expect(part.differences.length).toBeGreaterThan(30);
});
