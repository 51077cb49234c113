/** Puts a house's rows into an empty database, all of them or none. */
import { sql } from "kysely";
import { type OpenDatabase, type Queryable, type Trx, transaction } from "#lib/platform/db.ts";
import { forgetCanary } from "#lib/records/installation/queries/canary.ts";
import { markTutorsWithLessons } from "#lib/records/sessions/queries/unsettled.ts";
import { holdBack, letGo } from "./holdBack.ts";
import { columnsIn, type Manifest } from "./manifest.ts";
import { CannotMove, inWords } from "./refusal.ts";
import { numberedColumns, type Table, tablesOf, writeExactly } from "./tables.ts";

/** The migrations themselves put a row into each of these. */
export const begun = ["private.duties", "public.installation"];

/** @throws CannotMove where somebody has begun to use it. Changes nothing, on a database of any version. */
export async function assertEmpty(q: Queryable): Promise<void> {
  for (const { name } of await tablesOf(q)) {
    const most = begun.includes(name) ? 1 : 0;
    const { rows } = await sql.raw(`select from ${name} limit 2`).execute(q);
    if (rows.length <= most) continue;
    throw new CannotMove(
      `This database isn't empty: there are rows in ${name}. Import into a new one.`,
    );
  }
}

/**
 * The database has this version's tables, and nobody's rows.
 * @param lines those after the manifest
 * @param keep runs when all is there, before it is there for good
 * @returns how many rows were put there
 * @throws CannotMove, and leaves nothing
 */
export async function importHouse(
  { db }: OpenDatabase,
  { manifest, lines }: { manifest: Manifest; lines: AsyncIterable<string> },
  keep: () => void,
): Promise<number> {
  const work = transaction(db, async (trx) => {
    await writeExactly(trx);
    const tables = await tablesInFile(trx, manifest);
    await sql
      .raw(`lock table ${tables.map(({ name }) => name).join(", ")} in access exclusive mode`)
      .execute(trx);
    // Once more: until now somebody could begin to use it.
    await assertEmpty(trx);
    for (const name of begun) await sql.raw(`delete from ${name}`).execute(trx);
    const held = await holdBack(trx, tables);
    const count = await fill(trx, tables, lines);
    await letGo(trx, held);
    // It is sealed with the other house's keys, and whoever starts here first writes it anew.
    await forgetCanary(trx);
    await continueNumbers(trx);
    await markTutorsWithLessons(trx);
    keep();
    return count;
  });
  return work.catch((error: unknown) => {
    throw inWords(error, "imported");
  });
}

/** In the order in which the file has their rows. The names are the catalog's own. */
async function tablesInFile(trx: Trx, manifest: Manifest): Promise<Table[]> {
  const here = new Map((await tablesOf(trx)).map((table) => [table.name, table]));
  const tables = manifest.tables.map(({ name, columns }) => {
    const table = here.get(name);
    const found = new Map(table?.columns.map((column) => [column.name, column]));
    const same = columns.flatMap((column) => found.get(column) ?? []);
    if (!table) {
      throw new CannotMove(
        `The file holds the table ${name}, which isn't one of Segue's. Move it to another schema there, and export again.`,
      );
    }
    if (same.length !== columns.length || found.size !== columns.length) {
      throw new CannotMove(`The table ${name} isn't the same in the file and here.`);
    }
    return { name, columns: same };
  });
  const left = columnsIn([...here.values()]).filter(
    ({ name }) => !tables.some((table) => table.name === name),
  );
  if (left.length === 0) return tables;
  throw new CannotMove(`The file lacks the table ${left[0]?.name}.`);
}

async function fill(trx: Trx, tables: Table[], lines: AsyncIterable<string>): Promise<number> {
  let count = 0;
  let said = "";
  for await (const line of lines) {
    const space = line.indexOf(" ");
    const table = space < 0 ? undefined : tables[Number(line.slice(0, space))];
    if (table) count += await insert(trx, table, line.slice(space + 1));
    else said = line;
  }
  if (said === `${count}`) return count;
  throw new Error(`The file's own count is ${said}, and ${count} rows were read`);
}

/** @param rows as the export wrote them: a JSON list of lists of texts */
async function insert(trx: Trx, { name, columns }: Table, rows: string): Promise<number> {
  const names = sql.raw(columns.map((column) => column.name).join(", "));
  const values = sql.raw(columns.map(({ type }, index) => `(r->>${index})::${type}`).join(", "));
  const { numAffectedRows } = await sql`
    insert into ${sql.raw(name)} (${names}) overriding system value
    select ${values} from json_array_elements(${rows}::text::json) as rows (r)`.execute(trx);
  return Number(numAffectedRows ?? 0);
}

/** What counts up by itself goes on after the highest number that is there. */
async function continueNumbers(trx: Trx): Promise<void> {
  for (const { table, column, sequence } of await numberedColumns(trx)) {
    const highest = sql.raw(`max(${column})`);
    await sql`select setval(${sequence}::regclass, ${highest}) from ${sql.raw(table)}
              having ${highest} is not null`.execute(trx);
  }
}
