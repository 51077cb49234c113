/**
 * Applies `supabase/migrations/*.sql` in order, each in one transaction, and records them in the table that
 * the Supabase CLI uses (`supabase_migrations.schema_migrations`), so that either can continue where the
 * other stopped.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import type { OpenDatabase } from "./db.ts";

export interface MigrationFile {
  version: string;
  name: string;
  text: string;
}

type Handle = Pick<OpenDatabase, "db">;

/** The key of an advisory lock: two processes that start at once apply the migrations one after the other. */
const LOCK = 7_342_001;

// The lock covers this too: when two "if not exists" statements run at once, one of them fails.
const history = `
begin;
select pg_advisory_xact_lock(${LOCK});
create schema if not exists supabase_migrations;
create table if not exists supabase_migrations.schema_migrations (version text not null primary key);
alter table supabase_migrations.schema_migrations add column if not exists statements text[];
alter table supabase_migrations.schema_migrations add column if not exists name text;
commit;
`;

export function readMigrations(folder: string): MigrationFile[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .map((file) => {
      const match = /^(\d+)_(.+)\.sql$/.exec(file);
      if (!match?.[1] || !match[2]) {
        throw new Error(`${file}: a migration is named <digits>_<name>.sql`);
      }
      return { version: match[1], name: match[2], text: readFileSync(join(folder, file), "utf8") };
    });
}

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** Idempotent. @returns the names of the migrations applied now */
export async function migrate(database: OpenDatabase, folder: string): Promise<string[]> {
  await database.exec(history);
  const applied = await appliedVersions(database);
  const due = readMigrations(folder).filter((file) => !applied.has(file.version));
  for (const file of due) {
    // The whole file is one script, so that it and its entry in the history commit together. The lock ends
    // with the transaction. A process that waited for the lock then fails on the existing entry and stops
    // there.
    await database
      .exec(
        `begin;
select pg_advisory_xact_lock(${LOCK});
insert into supabase_migrations.schema_migrations (version, name, statements)
values (${quote(file.version)}, ${quote(file.name)}, array[${quote(file.text)}]);
${file.text}
commit;`,
      )
      .catch(async (error: unknown) => {
        if (database.engine.kind === "embedded") await database.exec("rollback");
        if ((await appliedVersions(database)).has(file.version)) return;
        throw new Error(`Migration ${file.version}_${file.name} failed: ${String(error)}`, {
          cause: error,
        });
      });
  }
  return due.map((file) => file.name);
}

/** Changes nothing. @returns the names of the migrations that aren't applied yet */
export async function missingMigrations({ db }: Handle, folder: string): Promise<string[]> {
  const { rows } = await sql<{ history: string | null }>`
    select to_regclass('supabase_migrations.schema_migrations')::text as history`.execute(db);
  const applied = rows[0]?.history ? await appliedVersions({ db }) : new Set();
  return readMigrations(folder).flatMap(({ version, name }) => (applied.has(version) ? [] : name));
}

async function appliedVersions(database: Handle): Promise<Set<string>> {
  const { rows } = await sql<{ version: string }>`
    select version from supabase_migrations.schema_migrations`.execute(database.db);
  return new Set(rows.map((row) => row.version));
}
