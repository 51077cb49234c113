/** All that our tables hold, as text that is the same for the same values on every database. */
import { sql } from "kysely";
import { type Db, transaction } from "#lib/platform/db.ts";
import { tablesOf, writeExactly } from "#server/house/tables.ts";

/** Generated columns are part of a row. */
export const everyRow = (db: Db): Promise<Record<string, string[]>> =>
  transaction(db, async (trx) => {
    await writeExactly(trx);
    const all: [string, string[]][] = [];
    for (const { name } of await tablesOf(trx)) {
      const { rows } = await sql
        .raw<{ row: string }>(`select t::text as row from ${name} t order by 1`)
        .execute(trx);
      all.push([name, rows.map(({ row }) => row)]);
    }
    return Object.fromEntries(all);
  });
