import { CompiledQuery, sql } from "kysely";
import { expect, inject, test } from "vitest";
import { ownDatabase } from "#tests/harness/databases/database.ts";
import {
  asPerson,
  asService,
  becomePerson,
  becomeService,
  type Trx,
  transaction,
  transactionAs,
} from "./db.ts";

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

test("a role that is refused leaves the connection as it was", async () => {
  const { db } = database;
  const beginAsWhoIsntThere = () =>
    transactionAs(db, CompiledQuery.raw("select set_config('role', 'isnt_there', true)"), sayOne);
  // More often than the pool has connections.
  for (let i = 0; i < 12; i += 1) await expect(beginAsWhoIsntThere()).rejects.toThrow("isnt_there");
  expect(await asService(db, sayOne)).toBe(1);
});

test("a person's name can't end the statement that it stands in", async () => {
  const odd = "o'hara\\'; reset role; --";
  const claims = await asPerson(database.db, { personId: odd }, async (trx) => {
    const { rows } = await sql<{ said: string }>`
      select current_setting('request.jwt.claims') as said, current_user`.execute(trx);
    return rows[0];
  });
  expect(claims).toEqual({
    said: JSON.stringify({ sub: odd, role: "authenticated" }),
    current_user: "authenticated",
  });
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

const sayOne = async (trx: Trx) =>
  (await sql<{ one: number }>`select 1 as one`.execute(trx)).rows[0]?.one;

const role = sql<{ role: string; uid: string | null }>`
  select current_user::text as role, auth.uid()::text as uid`;

const personId = "0199a1b2-0000-7000-8000-000000000001";
