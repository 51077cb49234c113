/** Our tables as the database's catalog has them, in an order in which they can be filled. */
import { sql } from "kysely";
import type { Queryable, Trx } from "#lib/platform/db.ts";

interface Column {
  /** Quoted where needed, as in SQL. */
  name: string;
  type: string;
}

export interface Table {
  /** With its schema, quoted where needed. */
  name: string;
  /** Without generated ones, which nobody may write. */
  columns: Column[];
}

/** Names of a table and of one that it refers to. */
interface Reference {
  constraint: string;
  from: string;
  to: string;
}

/** What belongs to an extension comes with it. Jobs are left out: the tables are the truth, and a job only nudges. */
const ours = sql`
  c.relkind = 'r' and n.nspname in ('public', 'private', 'identity')
  and not exists (select from pg_depend d
    where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`;

/** Each after those that it refers to, as far as that is possible. */
export async function tablesOf(q: Queryable): Promise<Table[]> {
  const { rows } = await sql<Table>`
    select format('%I.%I', n.nspname, c.relname) as name,
           json_agg(json_build_object('name', quote_ident(a.attname),
                                      'type', format_type(a.atttypid, a.atttypmod))
                    order by a.attnum) as columns
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid
     where ${ours} and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     group by n.nspname, c.relname
     order by n.nspname, c.relname`.execute(q);
  return inOrder(rows, await referencesOf(q));
}

export async function referencesOf(q: Queryable): Promise<Reference[]> {
  const { rows } = await sql<Reference>`
    select quote_ident(f.conname) as constraint,
           format('%I.%I', n.nspname, c.relname) as from,
           format('%I.%I', m.nspname, t.relname) as to
      from pg_constraint f
      join pg_class c on c.oid = f.conrelid
      join pg_namespace n on n.oid = c.relnamespace
      join pg_class t on t.oid = f.confrelid
      join pg_namespace m on m.oid = t.relnamespace
     where f.contype = 'f' and ${ours}
     order by 2, 1`.execute(q);
  return rows;
}

/** Columns that a sequence of their own numbers. */
export async function numberedColumns(q: Queryable) {
  const { rows } = await sql<{ table: string; column: string; sequence: string }>`
    select t.name as table, quote_ident(a.attname) as column, s.name as sequence
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     cross join lateral (select format('%I.%I', n.nspname, c.relname) as name) t
     cross join lateral (select pg_get_serial_sequence(t.name, a.attname) as name) s
     where ${ours} and s.name is not null`.execute(q);
  return rows;
}

/** Lessons and rooms refer to each other, so where all wait for some other, the one that waits for fewest comes next. */
function inOrder(tables: Table[], references: Reference[]): Table[] {
  const left = new Map(tables.map((table) => [table.name, table]));
  const waitsFor = ({ name }: Table) =>
    new Set(
      references
        .filter(({ from, to }) => from === name && to !== name && left.has(to))
        .map(({ to }) => to),
    ).size;
  const ordered: Table[] = [];
  while (left.size > 0) {
    const next = [...left.values()].reduce((best, table) =>
      waitsFor(table) < waitsFor(best) ? table : best,
    );
    ordered.push(next);
    left.delete(next.name);
  }
  return ordered;
}

/**
 * From here on the transaction writes every value as text that reads back as the same value, on every server and
 * whatever is set for its role.
 */
export async function writeExactly(trx: Trx): Promise<void> {
  await sql`
    select set_config('datestyle', 'ISO, YMD', true), set_config('intervalstyle', 'postgres', true),
           set_config('timezone', 'UTC', true), set_config('bytea_output', 'hex', true),
           set_config('extra_float_digits', '1', true), set_config('xmloption', 'content', true)`.execute(
    trx,
  );
}
