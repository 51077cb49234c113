/** The roles that transactions act as, and the proof that this connection can become them. */
import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { ConfigError } from "../configError.ts";
import { asPerson, type Db, type OpenDatabase, transaction } from "../db.ts";
import { LOCK_NOT_AVAILABLE, migrate } from "../migrations/migrate.ts";
import { codeOf, INSUFFICIENT_PRIVILEGE, reasonOf } from "../reason.ts";

/**
 * The first migration creates them. The app acts as the last two; a hosting provider's API also acts as the
 * first.
 */
const roles = ["anon", "authenticated", "service_role"];

/**
 * Brings the database up to date and proves that this connection can become the roles. Idempotent.
 * @returns the names of the migrations applied now
 * @throws ConfigError where a database server refuses
 */
export async function prepareDatabase(database: OpenDatabase, folder: string): Promise<string[]> {
  const applied = await migrate(database, folder).catch(async (error: Error) => {
    if (isAboutRoles(error.cause)) await assertRoles(database.db);
    if (database.engine.kind === "embedded" || !(codeOf(error) ?? codeOf(error.cause))) throw error;
    const mend = mendOf(codeOf(error.cause) ?? codeOf(error) ?? "");
    throw new ConfigError(
      `DATABASE_URL: this database can't be brought up to date (${reasonOf(error)}). ${mend}`,
      { cause: error },
    );
  });
  await assertRoles(database.db);
  return applied;
}

function mendOf(code: string): string {
  // Insufficient privilege, or a schema, table or object of that name that isn't ours.
  if ([INSUFFICIENT_PRIVILEGE, "42P06", "42P07", "42710"].includes(code)) {
    return "Name a database that only Segue uses, and its owner.";
  }
  if (code === LOCK_NOT_AVAILABLE) {
    return "Another program's transaction keeps a table locked. End it (pg_stat_activity shows who), and try again.";
  }
  return "Nothing of the migration that failed was kept. Try again, or report this line.";
}

/** @throws ConfigError with the line for the database's administrator */
export async function assertRoles(db: Db): Promise<void> {
  const refused = await rolesRefusal(db);
  if (refused) throw new ConfigError(refused);
  await assertKnown(db);
}

/** Where auth.uid() is a host's own, it must know whom we act as: otherwise everybody would see nothing at all. */
async function assertKnown(db: Db): Promise<void> {
  const personId = randomUUID();
  const { rows } = await asPerson(db, { personId }, (trx) =>
    sql<{ uid: string | null }>`select auth.uid() as uid`.execute(trx),
  );
  if (rows[0]?.uid === personId) return;
  throw new ConfigError(
    "DATABASE_URL: this database's function auth.uid() doesn't tell whom a request acts as, so nobody would see their lessons. It must read request.jwt.claims or request.jwt.claim.sub, as Supabase's does.",
  );
}

/**
 * Tries to become each role, because what the catalog says about memberships means something else in each
 * version of PostgreSQL.
 * @returns a line for the database's administrator; null where nothing is missing
 */
export async function rolesRefusal(db: Db): Promise<string | null> {
  const refused: string[] = [];
  for (const role of roles) {
    if (!(await canBecome(db, role))) refused.push(role);
  }
  if (refused.length === 0) return null;
  // Whether a role may be set depends on who signed in (session_user), not on the role that the session has
  // taken since.
  const { rows } = await sql<{ me: string; there: string[]; hasSet: boolean }>`
    select quote_ident(session_user) as me,
           array(select rolname::text from pg_roles where rolname in (${sql.join(roles)})) as there,
           current_setting('server_version_num')::integer >= 160000 as "hasSet"`.execute(db);
  const [{ me, there, hasSet } = { me: "", there: [], hasSet: false }] = rows;
  const list = refused.join(", ");
  const create = refused
    .filter((role) => !there.includes(role))
    .map((role) => `CREATE ROLE ${role} NOLOGIN NOINHERIT; `);
  // Without WITH SET, a superuser's grant to the role's own creator would change nothing.
  const grant = `GRANT ${list} TO ${me}${hasSet ? " WITH SET TRUE" : ""};`;
  return `The database role ${me} may not SET ROLE to ${list}. The server's administrator mends that with: ${create.join("")}${grant}`;
}

/** The error code of SET ROLE for a role that doesn't exist. */
const INVALID_PARAMETER_VALUE = "22023";

async function canBecome(db: Db, role: string): Promise<boolean> {
  try {
    await transaction(db, (trx) => sql`select set_config('role', ${role}, true)`.execute(trx));
    return true;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === INSUFFICIENT_PRIVILEGE || code === INVALID_PARAMETER_VALUE) return false;
    throw error;
  }
}

/**
 * Whether the database refused to create or grant a role. PostgreSQL translates its messages, but not the
 * name of the source file that holds those two commands, so that name decides.
 */
const isAboutRoles = (error: unknown): boolean => {
  const { code, file } = (error ?? {}) as { code?: string; file?: string };
  return code === INSUFFICIENT_PRIVILEGE && file === "user.c";
};
