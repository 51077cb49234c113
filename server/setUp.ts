/** Brings a database to this version, or says who can. */
import { sql } from "kysely";
import { ConfigError } from "#lib/platform/configError.ts";
import type { Db, OpenDatabase } from "#lib/platform/db.ts";
import { MIGRATIONS, missingMigrations } from "#lib/platform/migrations/migrate.ts";
import { cannotOpen } from "#lib/platform/openDatabase.ts";
import { assertRoles, prepareDatabase, rolesRefusal } from "#lib/platform/roles/roles.ts";
import { areJobsSetUp, grantJobsTo, setUpJobs } from "./jobs/queues.ts";

const JOBS = "the queues of jobs";

/**
 * Alters what has to be altered, and nothing where this version has been here before. Idempotent.
 * @returns what was done, by name
 * @throws ConfigError where this connection's role may not
 */
export async function setUpDatabase(database: OpenDatabase): Promise<string[]> {
  if (!(await mayAlter(database.db))) {
    await assertSetUp(database);
    return [];
  }
  const applied = await prepareDatabase(database, MIGRATIONS);
  const hasSetUpJobs = await orCannotOpen(database, setUpJobs(database));
  return hasSetUpJobs ? [...applied, JOBS] : applied;
}

/** Alters nothing. @throws ConfigError with what is missing, and who brings it */
export async function assertSetUp(database: OpenDatabase): Promise<void> {
  const missing = await missingMigrations(database, MIGRATIONS);
  if (!(await orCannotOpen(database, areJobsSetUp(database)))) missing.push(JOBS);
  if (missing.length > 0) {
    throw new ConfigError(
      `DATABASE_URL: this database lacks ${missing.join(", ")}, and this process may not alter it. Run \`npm run segue -- migrate\` with the owner's address in DATABASE_OWNER_URL, then start again.`,
    );
  }
  await assertRoles(database.db);
}

/**
 * Gives the role of a running process all that it needs, and nothing that it could alter tables with. Idempotent.
 * @param app a connection as that role
 */
export async function admit(app: OpenDatabase, owner: OpenDatabase): Promise<void> {
  const name = await nameOf(app.db);
  if (await rolesRefusal(app.db)) {
    await owner.exec(`grant anon, authenticated, service_role to ${name}`).catch(() => undefined);
    // Where the owner couldn't, this says what an administrator does.
    await assertRoles(app.db);
  }
  await assertInherits(app.db, name);
  await owner.exec(`
    grant usage on schema supabase_migrations, identity to ${name};
    grant select on supabase_migrations.schema_migrations to ${name};
    grant select, insert, update, delete on all tables in schema identity to ${name};
    ${grantJobsTo(name)}`);
}

async function nameOf(db: Db): Promise<string> {
  const { rows } = await sql<{ name: string }>`select quote_ident(session_user) as name`.execute(
    db,
  );
  return rows[0]?.name ?? "";
}

/** Whoever signs up is written down by a trigger, with the rights of the connection itself. */
async function assertInherits(db: Db, name: string): Promise<void> {
  const { rows } = await sql<{ inherits: boolean; canSay: boolean }>`
    select pg_has_role(session_user, 'service_role', 'USAGE') as inherits,
           current_setting('server_version_num')::integer >= 160000 as "canSay"`.execute(db);
  const [{ inherits, canSay } = { inherits: false, canSay: false }] = rows;
  if (inherits) return;
  const mend = canSay
    ? `GRANT service_role TO ${name} WITH INHERIT TRUE;`
    : `ALTER ROLE ${name} INHERIT;`;
  throw new ConfigError(
    `DATABASE_URL: the database role ${name} doesn't inherit the rights of service_role. The server's administrator mends that with: ${mend}`,
  );
}

/** Whose database it is, where we have been here before; an empty one is its first visitor's. */
async function mayAlter(db: Db): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    select pg_has_role(session_user, nspowner, 'USAGE') as may from pg_namespace
     where nspname = 'private'`.execute(db);
  return rows[0]?.may ?? true;
}

const orCannotOpen = <T>({ engine }: OpenDatabase, work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw engine.kind === "server" ? cannotOpen(error) : error;
  });
