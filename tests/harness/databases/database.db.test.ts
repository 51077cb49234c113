import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "./database.ts";

let database: TestDatabase;
let other: TestDatabase;
beforeAll(async () => {
  [database, other] = await Promise.all([testDatabase(), testDatabase()]);
});

afterAll(async () => {
  await Promise.all([database.close(), other.close()]);
});

test("every file gets a migrated database", async () => {
  const { rows } = await sql`select * from public.sessions`.execute(database.db);
  expect(rows).toEqual([]);
});

test("what one database holds, another doesn't", async () => {
  await database.exec("create table only_here (id int8)");
  await expect(sql`select * from only_here`.execute(other.db)).rejects.toThrow("does not exist");
});

test("both engines give the same types", async () => {
  const { rows } = await sql`
    select 9007199254740991::int8 as big, '2026-11-02T09:00:00Z'::timestamptz as at`.execute(
    database.db,
  );
  expect(rows).toEqual([{ big: 9_007_199_254_740_991, at: new Date("2026-11-02T09:00:00Z") }]);
});
