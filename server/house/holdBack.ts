/**
 * What must not act on rows that are moved. Triggers would write down what happened a second time: the rows that they
 * wrote come along. References are looked at last, because lessons and rooms refer to each other; all are kept.
 *
 * An owner may do all this. `session_replication_role`, which would switch off both, is for superusers alone.
 */
import { sql } from "kysely";
import type { Trx } from "#lib/platform/db.ts";
import { referencesOf, type Table } from "./tables.ts";

interface Held {
  withTriggers: string[];
  /** Those that the order of the tables doesn't serve. */
  references: { constraint: string; table: string }[];
}

/** @param tables in the order in which they are filled */
export async function holdBack(trx: Trx, tables: Table[]): Promise<Held> {
  const names = tables.map(({ name }) => name);
  const late = (await referencesOf(trx)).filter(
    ({ from, to }) => names.indexOf(to) >= names.indexOf(from),
  );
  const held: Held = {
    withTriggers: await tablesWithTriggers(trx),
    references: late.map(({ constraint, from }) => ({ constraint, table: from })),
  };
  for (const { constraint, table } of held.references) {
    await alter(trx, table, `alter constraint ${constraint} deferrable initially deferred`);
  }
  for (const table of held.withTriggers) await alter(trx, table, "disable trigger user");
  return held;
}

/** From here on everything acts as before. @throws where a row refers to one that isn't there */
export async function letGo(trx: Trx, { withTriggers, references }: Held): Promise<void> {
  await sql.raw("set constraints all immediate").execute(trx);
  for (const { constraint, table } of references) {
    await alter(trx, table, `alter constraint ${constraint} not deferrable`);
  }
  for (const table of withTriggers) await alter(trx, table, "enable trigger user");
}

async function tablesWithTriggers(trx: Trx): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct format('%I.%I', n.nspname, c.relname) as name
      from pg_trigger t
      join pg_class c on c.oid = t.tgrelid
      join pg_namespace n on n.oid = c.relnamespace
     where not t.tgisinternal and n.nspname in ('public', 'private', 'identity')
     order by 1`.execute(trx);
  return rows.map(({ name }) => name);
}

const alter = (trx: Trx, table: string, change: string) =>
  sql.raw(`alter table ${table} ${change}`).execute(trx);
