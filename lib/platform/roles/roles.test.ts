/**
 * Database owners with few rights, on a server of this file's own. Roles belong to a whole server, and each
 * test here starts where nobody has created any.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type PostgresServer, startPostgres } from "#tests/harness/databases/postgresServer.ts";
import { asService, type OpenDatabase, openServer } from "../db.ts";
import { MIGRATIONS, migrate, readMigrations } from "../migrations/migrate.ts";
import { openDatabase } from "../openDatabase.ts";
import { prepareDatabase, rolesRefusal } from "./roles.ts";

/** Both names need quoting, as names at hosting providers do. */
const owners = { maker: "may-create-roles", plain: "may-not" };
const all = readMigrations(MIGRATIONS).map(({ name }) => name);

let server: PostgresServer;
let superuser: OpenDatabase;
let withSet: string;
const opened: OpenDatabase[] = [];
beforeAll(async () => {
  server = await startPostgres();
  superuser = openServer(server.superuserUrl("postgres"), 1);
  const { rows } = await sql<{ server_version_num: string }>`show server_version_num`.execute(
    superuser.db,
  );
  withSet = Number(rows[0]?.server_version_num) >= 160_000 ? " WITH SET TRUE" : "";
});
afterAll(async () => {
  await superuser?.close();
  await server?.stop();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((database) => database.close()));
  for (const name of Object.values(owners)) await run(`drop database if exists "${name}"`);
  for (const role of [...Object.values(owners), "anon", "authenticated", "service_role"]) {
    await run(`drop role if exists "${role}"`);
  }
});

const run = (statement: string) => sql.raw(statement).execute(superuser.db);
const urlOf = (owner: string) => {
  const url = new URL(server.url(owner));
  url.username = owner;
  return url.href;
};

/** Creates a role and a database of its own, both with this name. */
async function newOwner(name: string, rights: string): Promise<OpenDatabase> {
  await run(`create role "${name}" login ${rights}`);
  await run(`create database "${name}" owner "${name}"`);
  const database = openServer(urlOf(name), 2);
  opened.push(database);
  return database;
}

/** Migrates to the state of the installations that the newest of these migrations is for. */
async function migrateAsBefore(database: OpenDatabase): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "segue-roles-"));
  const filter = (file: string) => !file.includes("becoming_the_roles");
  cpSync(MIGRATIONS, folder, { recursive: true, filter });
  await migrate(database, folder).finally(() => rmSync(folder, { recursive: true }));
}

const refusal = async (database: OpenDatabase) => {
  const error = await prepareDatabase(database, MIGRATIONS).catch((error: Error) => error);
  expect(error).toMatchObject({ name: "ConfigError" });
  return (error as Error).message;
};
const works = ({ db }: OpenDatabase) =>
  asService(db, (trx) => sql`select from people`.execute(trx));
const statementsIn = (line: string) => line.slice(line.indexOf(": ") + 2);

test("an owner that may create roles gets through, and can become them", async () => {
  const database = await newOwner(owners.maker, "createrole");
  expect(await prepareDatabase(database, MIGRATIONS)).toEqual(all);
  await works(database);
  expect(await prepareDatabase(database, MIGRATIONS)).toEqual([]);
});

test("an installation whose owner couldn't become the roles that it had made is mended", async () => {
  const database = await newOwner(owners.maker, "createrole");
  await migrateAsBefore(database);
  // Before PostgreSQL 16, anybody who could grant a role could become it.
  expect(await rolesRefusal(database.db)).toEqual(withSet ? expect.any(String) : null);
  expect(await prepareDatabase(database, MIGRATIONS)).toEqual(["becoming_the_roles"]);
  await works(database);
});

test("a superuser needs no grant", async () => {
  const database = await newOwner(owners.maker, "superuser");
  expect(await prepareDatabase(database, MIGRATIONS)).toEqual(all);
  await works(database);
});

test("an owner that may not create roles is told the statements that are all it lacks", async () => {
  const database = await newOwner(owners.plain, "");
  const line = await refusal(database);
  expect(line).toBe(
    'The database role "may-not" may not SET ROLE to anon, authenticated, service_role. ' +
      "The server's administrator mends that with: CREATE ROLE anon NOLOGIN NOINHERIT; " +
      "CREATE ROLE authenticated NOLOGIN NOINHERIT; CREATE ROLE service_role NOLOGIN NOINHERIT; " +
      `GRANT anon, authenticated, service_role TO "may-not"${withSet};`,
  );
  await run(statementsIn(line));
  expect(await prepareDatabase(database, MIGRATIONS)).toEqual(all);
  await works(database);
});

test("where the roles are another owner's, it is told what to have granted", async () => {
  await prepareDatabase(await newOwner(owners.maker, "createrole"), MIGRATIONS);
  const database = await newOwner(owners.plain, "");
  const line = await refusal(database);
  expect(line).toBe(
    'The database role "may-not" may not SET ROLE to anon, authenticated, service_role. ' +
      "The server's administrator mends that with: " +
      `GRANT anon, authenticated, service_role TO "may-not"${withSet};`,
  );
  await run(statementsIn(line));
  expect(await prepareDatabase(database, MIGRATIONS)).toEqual(all);
  await works(database);
});

test("whichever setting a host's auth.uid() reads, people are known by it; one that reads neither is named", async () => {
  const database = await newOwner(owners.maker, "createrole");
  await prepareDatabase(database, MIGRATIONS);
  const reading = (what: string) =>
    database.exec(`create or replace function auth.uid() returns uuid language sql stable
      set search_path = '' as $$ select ${what} $$`);
  for (const setting of ["request.jwt.claim.sub", "request.jwt.claims"]) {
    const text = `nullif(current_setting('${setting}', true), '')`;
    await reading(setting.endsWith("sub") ? `${text}::uuid` : `(${text}::jsonb ->> 'sub')::uuid`);
    expect(await prepareDatabase(database, MIGRATIONS)).toEqual([]);
  }
  await reading("null::uuid");
  expect(await refusal(database)).toMatch(/^DATABASE_URL: [^\n]+auth\.uid\(\)[^\n]+$/);
});

test("a grant that the owner may not make doesn't hold the migrations up: the start says the line", async () => {
  const database = await newOwner(owners.maker, "createrole");
  await migrateAsBefore(database);
  await run(`revoke anon, authenticated, service_role from "${owners.maker}"`);
  await run(`alter role "${owners.maker}" nocreaterole`);
  await run(statementsIn(await refusal(database)));
  expect(await prepareDatabase(database, MIGRATIONS)).toEqual([]);
  await works(database);
});

test("a migration that fails for another reason says that reason", async () => {
  const database = await newOwner(owners.plain, "createrole");
  await run(`alter database "${owners.plain}" owner to postgres`);
  await expect(prepareDatabase(database, MIGRATIONS)).rejects.toThrow(
    new RegExp(`^DATABASE_URL: [^\n]+permission denied for database ${owners.plain}[^\n]+$`),
  );
});

test("a wrong password and an unknown database are named in one line", async () => {
  const lineOf = async (change: (url: URL) => void) => {
    const url = new URL(server.superuserUrl("postgres"));
    change(url);
    return openDatabase({ databaseUrl: url.href, dataDir: "" }, 1).catch((error) => error.message);
  };
  expect(
    await lineOf((url) => {
      url.username = "nobody";
    }),
  ).toMatch(/^DATABASE_URL: the database server refuses the sign-in \([^\n]+"nobody"[^\n]+$/);
  expect(
    await lineOf((url) => {
      url.pathname = "/nothing";
    }),
  ).toMatch(/^DATABASE_URL: there is no such database \([^\n]+"nothing"[^\n]+$/);
});

test("without a role that was taken away a process ends with the line, which gives it back", async () => {
  const { database, line } = await withoutServiceRole();
  const { status, stdout, stderr } = segue("worker");
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: "",
    stderr: `Segue can't start: ${line}\n`,
  });
  await run(statementsIn(line));
  await works(database);
});

test("the doctor tells the line", async () => {
  const { line } = await withoutServiceRole();
  const { status, stdout } = segue("doctor");
  expect(status).toBe(1);
  expect(stdout.split("\n").slice(-3)).toEqual([`! ${line}`, "1 thing to look at", ""]);
});

async function withoutServiceRole() {
  const database = await newOwner(owners.maker, "createrole");
  await prepareDatabase(database, MIGRATIONS);
  await run(`revoke service_role from "${owners.maker}" granted by "${owners.maker}"`);
  const line =
    'The database role "may-create-roles" may not SET ROLE to service_role. ' +
    `The server's administrator mends that with: GRANT service_role TO "may-create-roles"${withSet};`;
  return { database, line };
}

function segue(command: string) {
  return spawnSync(process.execPath, ["cli/segue.ts", command], {
    encoding: "utf8",
    env: {
      NODE_ENV: "test",
      DATABASE_URL: urlOf(owners.maker),
      AUTH_SECRET: "0123456789".repeat(4),
      TOKEN_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32).toString("base64")}`,
    },
  });
}
