/** A database that belongs to one role, and processes that run as another, on a server of this file's own. */
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type OpenDatabase, openServer } from "#lib/platform/db.ts";
import { type PostgresServer, startPostgres } from "#tests/harness/databases/postgresServer.ts";
import { runSegue } from "#tests/harness/production/commandLine.ts";

const APP = "runs-and-owns-nothing";
const secrets = {
  AUTH_SECRET: "0123456789".repeat(4),
  TOKEN_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32).toString("base64")}`,
};

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server?.stop());

const opened: OpenDatabase[] = [];
afterEach(() => Promise.all(opened.splice(0).map((database) => database.close())));

/** A database without anything in it, and a role that has no right on it. */
async function newHouse(name: string) {
  const ownerUrl = await server.create(name);
  const owner = openServer(ownerUrl, 1);
  opened.push(owner);
  const { rows } = await sql`select from pg_roles where rolname = ${APP}`.execute(owner.db);
  if (rows.length === 0) await owner.exec(`create role "${APP}" login`);
  const url = new URL(ownerUrl);
  url.username = APP;
  return { owner, ownerUrl, appUrl: url.href };
}

const segue = (
  command: string,
  urls: { DATABASE_URL: string; DATABASE_OWNER_URL?: string },
  until?: string,
) => runSegue([command], { ...secrets, ...urls }, until);

test("`migrate` sets up what the owner's address names, and a process works there that owns nothing", async () => {
  const { owner, ownerUrl, appUrl } = await newHouse("house");
  const urls = { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl };
  const first = await segue("migrate", urls);
  expect(first).toMatchObject({ status: 0, stderr: "" });
  expect(first.stdout).toMatch(/^Applied: [^\n]+, the queues of jobs\n$/);
  expect(await segue("migrate", urls)).toMatchObject({ status: 0, stdout: "Nothing to do.\n" });

  for (const env of [urls, { DATABASE_URL: appUrl }]) {
    const worked = await segue("worker", env, "Worker is ready");
    expect(worked).toMatchObject({ status: 0, stderr: "" });
    expect(worked.stdout).not.toMatch(/"level":"?(50|60|error)/);
  }
  const { rows } = await sql<{ what: string }>`
    select relname as what from pg_class where pg_get_userbyid(relowner) = ${APP}
    union all
    select nspname from pg_namespace where nspname !~ '^pg_' and has_schema_privilege(${APP}, oid, 'CREATE')`.execute(
    owner.db,
  );
  expect(rows).toEqual([]);
});

test("an index that the jobs' library left to be built is built by `migrate`", {
  tags: ["whole"],
}, async () => {
  const { owner, ownerUrl, appUrl } = await newHouse("building");
  const urls = { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl };
  await segue("migrate", urls);
  await owner.exec(`insert into pgboss.bam (name, version, status, table_name, command)
    select 'probe', version, 'pending', 'queue',
           'CREATE INDEX CONCURRENTLY IF NOT EXISTS probe ON pgboss.queue (policy)' from pgboss.version`);
  expect(await segue("migrate", urls)).toMatchObject({ status: 0, stderr: "" });
  const { rows } = await sql`select from pg_index
    where indexrelid = 'pgboss.probe'::regclass and indisvalid`.execute(owner.db);
  expect(rows).toHaveLength(1);
});

test("where something is missing that it may not bring, a process ends with the line that says who can", async () => {
  const { owner, ownerUrl, appUrl } = await newHouse("lacking");
  const urls = { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl };
  await segue("migrate", urls);
  await owner.exec(`delete from supabase_migrations.schema_migrations
    where version = (select max(version) from supabase_migrations.schema_migrations)`);
  for (const env of [urls, { DATABASE_URL: appUrl }]) {
    const { status, stderr } = await segue("worker", env);
    expect(stderr).toMatch(
      /^Segue can't start: DATABASE_URL: this database lacks \w+, and [^\n]+ DATABASE_OWNER_URL, then start again\.\n$/,
    );
    expect(status).toBe(1);
  }
  await owner.exec("drop schema pgboss cascade");
  const { stderr } = await segue("worker", { DATABASE_URL: appUrl });
  expect(stderr).toMatch(/lacks \w+, the queues of jobs, and/);
});

test("an owner's address that doesn't work is named as that, and one alone is refused", async () => {
  const { ownerUrl, appUrl } = await newHouse("named");
  const { status, stderr } = await segue("migrate", {
    DATABASE_URL: appUrl,
    DATABASE_OWNER_URL: `${ownerUrl}-not-there`,
  });
  expect(stderr).toMatch(
    /^Segue can't start: DATABASE_OWNER_URL: there is no such database[^\n]+\n$/,
  );
  expect(status).toBe(1);
  const alone = await segue("migrate", { DATABASE_URL: "", DATABASE_OWNER_URL: ownerUrl });
  expect(alone.stderr).toMatch(
    /^Segue can't start: DATABASE_OWNER_URL: [^\n]+ DATABASE_URL[^\n]+\n$/,
  );
});
