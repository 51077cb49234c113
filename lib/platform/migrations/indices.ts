/**
 * Builds indices while the table is in use. Two processes may do so at once, and one may die half-way: no lock is held over a
 * build, since whoever waited for it in a transaction would hold up the build that it waits for.
 */
import { setTimeout as delay } from "node:timers/promises";
import { sql } from "kysely";
import type { OpenDatabase } from "../db.ts";
import { codeOf } from "../reason.ts";

export interface Index {
  name: string;
  table: string;
  /** What follows its name. */
  definition: string;
}

const STATEMENT = /^create index (\w+)\s+(on (public|private)\.(\w+)\b.*)$/is;

/** @returns the indices; null where the text holds anything else, which then is one transaction */
export function indicesIn(text: string): Index[] | null {
  const statements = text
    .replaceAll(/--[^\n]*/g, "")
    .split(";")
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
  const indices: Index[] = [];
  for (const statement of statements) {
    const [, name, definition, schema, table] = STATEMENT.exec(statement) ?? [];
    if (!name || !definition || !schema || !table) return null;
    indices.push({ name: `${schema}.${name}`, table: `${schema}.${table}`, definition });
  }
  return indices.length > 0 ? indices : null;
}

/** Another process builds it too, or took away what we had begun. */
const again = new Set([
  "42P07", // duplicate_table
  "23505", // unique_violation, of the catalog's own
  "40P01", // deadlock_detected
  "55P03", // lock_not_available
]);

/** Idempotent. Returns when the index is there and can be used. */
export async function buildIndex(
  database: OpenDatabase,
  index: Index,
  { lockMs, tries, pauseMs }: { lockMs: number; tries: number; pauseMs: number },
): Promise<void> {
  for (let left = tries; !(await isUsable(database, index)); left--) {
    try {
      await dropHalfBuilt(database, index, lockMs);
      const [, name = ""] = index.name.split(".");
      await database.exec(`create index concurrently ${name} ${index.definition}`);
    } catch (error) {
      if (!again.has(codeOf(error) ?? "") || left <= 1) throw error;
      await delay(pauseMs);
    }
  }
}

async function isUsable({ db }: OpenDatabase, { name }: Index): Promise<boolean> {
  const { rows } = await sql`
    select 1 from pg_index where indexrelid = to_regclass(${name}) and indisvalid`.execute(db);
  return rows.length > 0;
}

/** Whoever builds holds a lock on the table that only one can have. Where we get it, nobody builds, so what isn't valid is left over. */
const dropHalfBuilt = ({ exec }: OpenDatabase, { name, table }: Index, lockMs: number) =>
  exec(`begin;
set local lock_timeout = ${lockMs};
lock table ${table} in share update exclusive mode;
do $$ begin
  if exists (select 1 from pg_index where indexrelid = to_regclass('${name}') and not indisvalid) then
    drop index ${name};
  end if;
end $$;
commit;`);
