/**
 * What a database's own catalog says of Segue's schemas, in words that every host and version of PostgreSQL gives alike: what
 * the migrations amount to is kept in `supabase/catalog.json`, and a running database is compared with it.
 */
import { sql } from "kysely";
import { type Db, transaction } from "../db.ts";
import { tablesIn, whatElse } from "./statements.ts";

/** For each table, sequence, function or schema its parts, and what each is. */
export type Catalog = Record<string, Record<string, string>>;

/** Things that are themselves, beside their parts. */
export const ITSELF = "itself";

interface Row {
  owner: string;
  part: string;
  is: string;
}

export async function readCatalog(db: Db): Promise<Catalog> {
  const rows = await transaction(db, async (trx) => {
    // With an empty path every name is written with its schema, whatever path the role or the host has set.
    await sql`select set_config('search_path', '', true)`.execute(trx);
    const { rows: tables } = await tablesIn.execute(trx);
    const { rows: others } = await whatElse.execute(trx);
    return [...tables, ...others] as Row[];
  });
  const catalog: Catalog = {};
  for (const { owner, part, is } of rows.sort(byName)) {
    const parts = catalog[owner] ?? {};
    catalog[owner] = parts;
    const text = withoutExtensionsPlace(is);
    // A restored condition of three parts comes back as one chain, with fewer brackets than the one that was saved.
    parts[part] = part.startsWith("trigger ") ? text.replace(/[()]/g, "") : text;
  }
  return catalog;
}

/** An extension may be in a schema of its own or in ours. */
const withoutExtensionsPlace = (text: string) =>
  text.replace(/\b(public|extensions)\./g, "").trim();

/** By code points: what a database or a machine collates by differs. */
const byName = (one: Row, other: Row) =>
  compare(one.owner, other.owner) || compare(one.part, other.part);
const compare = (one: string, other: string) => {
  if (one === other) return 0;
  return one < other ? -1 : 1;
};
