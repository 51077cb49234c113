import { sql } from "kysely";
import { expect, inject, test } from "vitest";
import { ownDatabase } from "#tests/harness/databases/database.ts";
import { asPerson, asService, becomePerson, becomeService, transaction } from "./db.ts";

const database = ownDatabase();

test("reaching for the outer handle inside a transaction throws", async () => {
  const { db } = database;
  const inside = transaction(db, () => sql`select 1`.execute(db));
  await expect(inside).rejects.toThrow("Inside a transaction use its handle");
  const built = transaction(db, () => db.selectFrom("people").selectAll().execute());
  await expect(built).rejects.toThrow("Inside a transaction use its handle");
  const nested = transaction(db, () => asService(db, async () => 1));
  await expect(nested).rejects.toThrow("A transaction is open here already");
  expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
});

test("a role and a person last for their transaction only", async () => {
  const { db } = database;
  const [before] = (await role.execute(db)).rows;
  const rows = await transaction(db, async (trx) => {
    await becomePerson(trx, { personId });
    const asked = (await role.execute(trx)).rows[0];
    await becomeService(trx);
    return [asked, (await role.execute(trx)).rows[0]];
  });
  expect(rows.map((row) => row?.role)).toEqual(["authenticated", "service_role"]);
  expect(rows[0]?.uid).toBe(personId);
  expect((await role.execute(db)).rows).toEqual([before]);
  await expect(asPerson(db, { personId }, () => Promise.reject(new Error("no")))).rejects.toThrow();
  expect((await role.execute(db)).rows).toEqual([before]);
});

test("a transaction that fails leaves nothing", async () => {
  const { db } = database;
  await database.exec("create table tried (id int8)");
  const work = transaction(db, async (trx) => {
    await sql`insert into tried values (1)`.execute(trx);
    throw new Error("no");
  });
  await expect(work).rejects.toThrow("no");
  expect((await sql`select * from tried`.execute(db)).rows).toEqual([]);
});

// An embedded database has no connection that could end.
test.runIf(inject("engine") === "postgres")(
  "a connection that ends in the middle of a transaction ends that transaction, not the process",
  async () => {
    const { db } = database;
    await database.exec("create table interrupted (id int8)");
    const backend = (pid: number) =>
      sql`select from pg_stat_activity where pid = ${pid}`.execute(db).then(({ rows }) => rows);
    const ended = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<number>();
    const work = transaction(db, async (trx) => {
      const { rows } = await sql<{ pid: number }>`
        insert into interrupted values (1) returning pg_backend_pid() as pid`.execute(trx);
      begun.resolve(rows[0]?.pid ?? 0);
      // The connection ends while the transaction holds it and no query runs on it.
      await ended.promise;
      await sql`insert into interrupted values (2)`.execute(trx);
    });
    const failed = expect(work).rejects.toThrow();
    const pid = await begun.promise;
    await sql`select pg_terminate_backend(${pid})`.execute(db);
    await expect.poll(() => backend(pid)).toEqual([]);
    ended.resolve();
    await failed;
    expect((await sql`select * from interrupted`.execute(db)).rows).toEqual([]);
  },
);

const role = sql<{ role: string; uid: string | null }>`
  select current_user::text as role, auth.uid()::text as uid`;

const personId = "0199a1b2-0000-7000-8000-000000000001";
