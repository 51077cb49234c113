/** Compares the whole catalog with the list of what each role may do, and each list with the other's keys. */
import { randomUUID } from "node:crypto";
import { PGlite } from "@electric-sql/pglite";
import { sql } from "kysely";
import { expect, inject, test } from "vitest";
import { readCatalog } from "#lib/platform/catalog/catalog.ts";
import {
  type Db,
  type OpenDatabase,
  openServer,
  overPGlite,
  pgliteOptions,
  transaction,
} from "#lib/platform/db.ts";
import { MIGRATIONS, migrate } from "#lib/platform/migrations/migrate.ts";
import { ownDatabase } from "#tests/harness/databases/database.ts";
import { inWhole } from "#tests/harness/extent.ts";
import {
  functionsOf,
  isUidTheHosts,
  policies,
  relations,
  schemaGrants,
  sequenceGrants,
  type TableGrant,
  tableGrants,
  verbs,
} from "#tests/harness/rights/catalog.ts";
import {
  functions,
  roles,
  schemas,
  type TableRights,
  tables,
  wordsOf,
} from "#tests/harness/rights/decided.ts";

const database = ownDatabase();
/** Where a hosting provider keeps extensions. */
const hostsSchema = "extensions";

test("every table of ours is decided on, and nothing else holds rows", async () => {
  const found = await relations(database.db);
  expect(found.map(({ name }) => name)).toEqual(Object.keys(tables).sort());
  expect(found.filter(({ kind }) => kind !== "r")).toEqual([]);
});

test("every column of a table that people may read is decided on", async () => {
  for (const { name, columns } of await relations(database.db)) {
    const { person, hidden } = tables[name] ?? {};
    if (person === undefined) continue;
    expect([...wordsOf(person), ...wordsOf(hidden)].sort(), name).toEqual(columns);
  }
});

test("each role may do with each table what is decided, verb by verb, and no other role anything", async () => {
  const granted = await tableGrants(database.db);
  expect(granted.filter(({ role }) => !roles.some((known) => known === role))).toEqual([]);
  const cells = Object.keys(tables).flatMap((table) =>
    roles.flatMap((role) =>
      verbs.map((verb) => ({
        cell: `${table} ${role} ${verb}`,
        decided: decided(table, role, verb),
        is: inCatalog(granted, { table, role, verb }),
      })),
    ),
  );
  expect(cells).toHaveLength(Object.keys(tables).length * roles.length * verbs.length);
  expect(cells.filter(({ decided, is }) => decided !== is)).toEqual([]);
  const open = cells.filter(({ is }) => is !== "no");
  // Every grant of the catalog is in one of the cells.
  const expected = new Set(granted.map(({ table, role, verb }) => `${table} ${role} ${verb}`));
  expect(open.map(({ cell }) => cell).sort()).toEqual([...expected].sort());
});

test("a lesson and a booking can be read whole by both sides, with each column granted by name", async () => {
  for (const table of ["public.sessions", "public.bookings"]) {
    expect(tables[table]?.hidden, table).toBeUndefined();
    const whole = (await tableGrants(database.db)).filter(
      (grant) => grant.table === table && grant.role === "authenticated" && grant.column === null,
    );
    expect(whole).toEqual([]);
  }
});

test("each function is decided on, runs with its caller's rights and names every schema itself", async () => {
  const isUidTheirs = await isUidTheHosts(database.db);
  const ours = Object.entries(functions).filter(([name]) => name !== "auth.uid()" || !isUidTheirs);
  expect(await functionsOf(database.db)).toEqual(
    ours.map(([name, callers]) => ({
      name,
      callers,
      isDefiner: false,
      settings: ['search_path=""'],
    })),
  );
});

test("every schema is decided on", async () => {
  const { rows } = await sql<{ name: string }>`
    select nspname as name from pg_namespace
     where nspname !~ '^pg_' and nspname not in ('information_schema', ${hostsSchema}) order by 1`.execute(
    database.db,
  );
  expect(rows.map(({ name }) => name)).toEqual(Object.keys(schemas));
});

test("each schema may be used by those who are decided on", async () => {
  expect(await schemaGrants(database.db)).toEqual(
    Object.entries(schemas).flatMap(([schema, users]) =>
      users.toSorted().map((role) => ({ schema, role, verb: "USAGE" })),
    ),
  );
});

test("row-level security is on wherever a role was granted anything, with no policy but these", async () => {
  const all = await policies(database.db);
  for (const { name, isSecured } of await relations(database.db)) {
    const { service, person, isLocked } = tables[name] ?? {};
    const of = all.filter(({ table }) => table === name);
    expect(isSecured, name).toBe(service !== "nothing");
    const forService = of.filter((policy) => policy.roles.join() === "service_role");
    expect(forService, name).toEqual(
      service === "nothing"
        ? []
        : [
            {
              table: name,
              name: "service",
              verb: "ALL",
              using: "true",
              check: "true",
              roles: ["service_role"],
            },
          ],
    );
    const forPeople = of.filter((policy) => policy.roles.join() === "authenticated");
    expect(forService.length + forPeople.length, name).toBe(of.length);
    const verbsFor = new Set(forPeople.map(({ verb }) => verb));
    expect([...verbsFor].sort(), name).toEqual([
      ...(person === undefined ? [] : ["SELECT"]),
      ...(isLocked ? ["UPDATE"] : []),
    ]);
    // A person locks rows, and writes none.
    expect(
      forPeople.filter(({ verb, check }) => verb === "UPDATE" && check !== "false"),
      name,
    ).toEqual([]);
  }
});

test("who is asking is found out once a query, not once a row", async () => {
  const text = (await policies(database.db))
    .map(({ using, check }) => `${using} ${check}`)
    .join("\n");
  expect(text).toContain("( SELECT auth.uid() AS uid)");
  expect(text.replaceAll("( SELECT auth.uid() AS uid)", "")).not.toContain("auth.uid()");
});

test("what is made from now on is closed to everybody, until its own file opens it", async () => {
  expect(await grantedOnNewThings(database.db)).toEqual([]);
});

// A second migrated database takes long, and here the embedded one differs in nothing.
test.runIf(inWhole(true, inject("engine") === "postgres"))(
  "what a host grants by default changes nothing: Supabase's old defaults and none give one catalog",
  async () => {
    const { db, close } = await migratedUnderOldDefaults();
    try {
      expect(await readCatalog(db)).toEqual(await readCatalog(database.db));
      expect(await grantedOnNewThings(db)).toEqual([]);
    } finally {
      await close();
    }
  },
);

/** "no", "all", or the columns. */
function decided(table: string, role: string, verb: string): string {
  const rights = tables[table];
  if (!rights) return "no";
  if (role === "service_role") return decidedForService(rights, verb);
  if (role !== "authenticated") return "no";
  if (verb === "SELECT") return wordsOf(rights.person).sort().join() || "no";
  return verb === "UPDATE" && rights.isLocked ? "updated_at" : "no";
}

function decidedForService({ service, decides = "no" }: TableRights, verb: string): string {
  const isDaily = ["SELECT", "INSERT", "UPDATE", "DELETE"].includes(verb);
  if (service === "reads and writes") return isDaily ? "all" : "no";
  if (verb === "UPDATE") return decides;
  return service === "reads" && verb === "SELECT" ? "all" : "no";
}

function inCatalog(granted: TableGrant[], cell: Omit<TableGrant, "column">): string {
  const of = granted.filter(
    ({ table, role, verb }) => table === cell.table && role === cell.role && verb === cell.verb,
  );
  if (of.length === 0) return "no";
  const columns = of.map(({ column }) => column);
  return columns.includes(null) ? "all" : columns.sort().join();
}

/** Makes one of each kind in each schema, looks, and takes all of it back. */
async function grantedOnNewThings(db: Db): Promise<unknown[]> {
  const seen: unknown[] = [];
  const undone = transaction(db, async (trx) => {
    for (const schema of ["public", "private", "identity"]) {
      await sql.raw(`create table ${schema}.brand_new (id int8)`).execute(trx);
      await sql.raw(`create sequence ${schema}.brand_new_numbers`).execute(trx);
      await sql
        .raw(`create function ${schema}.brand_new() returns int8 language sql as 'select 1::int8'`)
        .execute(trx);
    }
    const isNew = ({ table }: TableGrant) => table.includes("brand_new");
    seen.push(...(await tableGrants(trx)).filter(isNew), ...(await sequenceGrants(trx)));
    expect((await relations(trx)).filter(({ name }) => name.includes("brand_new"))).toHaveLength(6);
    const callable = (await functionsOf(trx)).filter(({ name }) => name.includes("brand_new"));
    expect(callable).toHaveLength(3);
    seen.push(...callable.filter(({ callers }) => callers.length > 0));
    throw new Error("taken back");
  });
  await expect(undone).rejects.toThrow("taken back");
  return seen;
}

/** A database whose host grants its roles everything in public that is ever made there. */
async function migratedUnderOldDefaults(): Promise<Pick<OpenDatabase, "db" | "close">> {
  const isServer = inject("engine") === "postgres";
  const name = `defaults_${randomUUID().replaceAll("-", "")}`;
  if (isServer) await sql.raw(`create database ${name}`).execute(database.db);
  const opened = isServer
    ? openServer(inject("server") + name, 2)
    : overPGlite(await PGlite.create(pgliteOptions));
  const close = async () => {
    await opened.close();
    if (isServer) await sql.raw(`drop database ${name} with (force)`).execute(database.db);
  };
  try {
    // On a server, the roles are there already.
    const create = "create role anon; create role authenticated; create role service_role;";
    if (!isServer) await opened.exec(create);
    for (const kind of ["tables", "functions", "sequences"]) {
      await opened.exec(`alter default privileges in schema public
        grant all on ${kind} to current_user, anon, authenticated, service_role;`);
    }
    await migrate(opened, MIGRATIONS);
    return { db: opened.db, close };
  } catch (error) {
    await close();
    throw error;
  }
}
