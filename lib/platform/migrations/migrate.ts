/**
 * Applies `supabase/migrations/*.sql` in order and records them in the table that the Supabase CLI uses
 * (`supabase_migrations.schema_migrations`), so that either can continue where the other stopped. Each file is one
 * transaction, except one that holds indices alone: on a server that is in use those are built without holding up writers.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { sql } from "kysely";
import type { OpenDatabase } from "../db.ts";
import { codeOf } from "../reason.ts";
import { buildIndex, indicesIn } from "./indices.ts";

/** Where they are, from the project's root. */
export const MIGRATIONS = "supabase/migrations";

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

/** How long a migration waits for a table that others use, in which time they wait for it, and how often it tries. */
export interface Patience {
  lockMs: number;
  tries: number;
  pauseMs: number;
}
const USUAL_PATIENCE: Patience = { lockMs: 2_000, tries: 30, pauseMs: 1_000 };

/** Idempotent. Alters nothing where nothing is missing. @returns the names of the migrations applied now */
export async function migrate(
  database: OpenDatabase,
  folder: string,
  patience: Patience = USUAL_PATIENCE,
): Promise<string[]> {
  const due = await missing(database, folder);
  if (due.length === 0) return [];
  await database.exec(history);
  const isInUse = (await appliedVersions(database)).size > 0 && database.engine.kind === "server";
  for (const file of due) {
    const indices = isInUse ? indicesIn(file.text) : null;
    const apply = async () => {
      for (const index of indices ?? []) await buildIndex(database, index, patience);
      await patiently(patience, () =>
        database.exec(scriptOf(file, { isBuilt: !!indices, patience })),
      );
    };
    await apply().catch(async (error: unknown) => {
      if (database.engine.kind === "embedded") await database.exec("rollback");
      if ((await appliedVersions(database)).has(file.version)) return;
      throw new Error(`Migration ${file.version}_${file.name} failed: ${String(error)}`, {
        cause: error,
      });
    });
  }
  return due.map((file) => file.name);
}

/**
 * The whole file is one script, so that it and its entry in the history commit together. The advisory lock ends with the
 * transaction. A process that waited for it then fails on the existing entry and stops there.
 */
const scriptOf = (
  { version, name, text }: MigrationFile,
  { isBuilt, patience }: { isBuilt: boolean; patience: Patience },
) => `begin;
select pg_advisory_xact_lock(${LOCK});
set local lock_timeout = ${patience.lockMs};
insert into supabase_migrations.schema_migrations (version, name, statements)
values (${quote(version)}, ${quote(name)}, array[${quote(text)}]);
${isBuilt ? "" : text}
commit;`;

export const LOCK_NOT_AVAILABLE = "55P03";

/** A table that somebody uses for long is waited for in small parts: whoever comes after us in its queue waits as well. */
async function patiently({ tries, pauseMs }: Patience, work: () => Promise<void>): Promise<void> {
  for (let left = tries; ; left--) {
    try {
      return await work();
    } catch (error) {
      if (codeOf(error) !== LOCK_NOT_AVAILABLE || left <= 1) throw error;
      await delay(pauseMs);
    }
  }
}

/** Changes nothing. @returns the names of the migrations that aren't applied yet */
export const missingMigrations = async (database: Handle, folder: string): Promise<string[]> =>
  (await missing(database, folder)).map(({ name }) => name);

async function missing({ db }: Handle, folder: string): Promise<MigrationFile[]> {
  const { rows } = await sql<{ history: string | null }>`
    select to_regclass('supabase_migrations.schema_migrations')::text as history`.execute(db);
  const applied = rows[0]?.history ? await appliedVersions({ db }) : new Set();
  return readMigrations(folder).filter(({ version }) => !applied.has(version));
}

async function appliedVersions(database: Handle): Promise<Set<string>> {
  const { rows } = await sql<{ version: string }>`
    select version from supabase_migrations.schema_migrations`.execute(database.db);
  return new Set(rows.map((row) => row.version));
}
