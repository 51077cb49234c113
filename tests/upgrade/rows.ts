/** Finds which rows a database holds, whatever version of Segue made its tables. */

import { sql } from "kysely";
import { type OpenDatabase, openEmbedded, openServer } from "#lib/platform/db.ts";

export type Query = (text: string) => Promise<Record<string, unknown>[]>;

export const queryOf =
  ({ db }: Pick<OpenDatabase, "db">): Query =>
  async (text) =>
    (await sql.raw<Record<string, unknown>>(text).execute(db)).rows;

/** Opens the database in a data folder that no process is using, or the one at a URL. */
export async function withDatabase<T>(
  at: { dataDir: string } | { url: string },
  work: (database: OpenDatabase) => Promise<T>,
): Promise<T> {
  const database = "url" in at ? openServer(at.url, 1) : await openEmbedded(at.dataDir);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** Job tables are left out, because jobs are nudges and say nothing about what a database knows. */
const tables = `
  select format('%I.%I', n.nspname, t.relname) as name,
    (select string_agg(format('%I', a.attname), ', ' order by a.attnum)
      from pg_attribute a where a.attrelid = t.oid and a.attnum = any(c.conkey)) as columns
  from pg_class t
  join pg_namespace n on n.oid = t.relnamespace
  join pg_constraint c on c.conrelid = t.oid and c.contype = 'p'
  where t.relkind in ('r', 'p')
    and n.nspname not in ('pg_catalog', 'information_schema', 'pgboss')
  order by 1`;

/** The primary keys of all rows, by table. */
export async function keysOf(query: Query): Promise<Map<string, Set<string>>> {
  const keys = new Map<string, Set<string>>();
  for (const { name, columns } of await query(tables)) {
    const rows = await query(`select row(${columns})::text as key from ${name}`);
    keys.set(String(name), new Set(rows.map(({ key }) => String(key))));
  }
  return keys;
}

export const countsOf = (keys: Map<string, Set<string>>): Record<string, number> =>
  Object.fromEntries([...keys].map(([table, { size }]) => [table, size]));
