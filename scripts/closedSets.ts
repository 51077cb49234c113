/**
 * Turns the closed sets that CHECK constraints list (`status in ('a', 'b')`, `hours in (12, 24)`) into TypeScript unions for
 * the generated types, so that the compiler refuses a state before the database does.
 */
import { type Kysely, sql } from "kysely";

/** @returns `{"sessions.status": '"SCHEDULED" | …'}`, by table and column */
export async function closedSets<DB>(db: Kysely<DB>): Promise<Record<string, string>> {
  const { rows } = await sql<{
    table: string;
    column: string;
    nullable: boolean;
    defaulted: boolean;
    rule: string;
  }>`
    select case when k.connamespace = 'private'::regnamespace then 'private.' else '' end || c.relname as table, a.attname as column, not a.attnotnull as nullable,
           a.atthasdef as defaulted,           pg_get_constraintdef(k.oid) as rule
      from pg_constraint k
      join pg_class c on c.oid = k.conrelid
      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
     where k.contype = 'c' and array_length(k.conkey, 1) = 1
       and k.connamespace in ('public'::regnamespace, 'private'::regnamespace)
     order by 1, 2`.execute(db);
  const sets: Record<string, string> = {};
  for (const { table, column, nullable, defaulted, rule } of rows) {
    const list = /^CHECK \(\(\w+ = ANY \(ARRAY\[(.+)\]\)\)\)$/.exec(rule)?.[1] ?? "";
    const values = /^\d+(, \d+)*$/.test(list)
      ? list.split(", ")
      : [...list.matchAll(/'([^']+)'::text/g)].map((match) => `"${match[1]}"`);
    if (values.length === 0) continue;
    const union = [...values, ...(nullable ? ["null"] : [])].join(" | ");
    // The generated file uses "Generated" for a column that an insert may leave out.
    sets[`${table}.${column}`] = defaulted ? `Generated<${union}>` : union;
  }
  return sets;
}
