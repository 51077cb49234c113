/** The rows of lessons that nobody has asked a meeting for yet. */
import { type Insertable, sql } from "kysely";
import type { Meetings } from "#lib/platform/database.types.ts";
import type { Trx } from "#lib/platform/db.ts";
import { codeOf } from "#lib/platform/reason.ts";
import type { Meeting } from "#lib/records/meetings/rules.ts";

/** Few enough that PostgreSQL's 65,535 parameters are plenty. */
const ROWS_AT_ONCE = 1_000;

type Row = Insertable<Meetings> & { session_id: string };

/**
 * Writes all rows, apart from those whose lesson is asked for already. A lesson that the ledger can't take, such as one of
 * a few seconds, doesn't keep the others from theirs.
 */
export async function insertMissing(
  trx: Trx,
  rows: Row[],
): Promise<{ written: Meeting[]; refused: { sessionId: string; error: unknown }[] }> {
  const written: Meeting[] = [];
  const refused: { sessionId: string; error: unknown }[] = [];
  for (let first = 0; first < rows.length; first += ROWS_AT_ONCE) {
    const some = rows.slice(first, first + ROWS_AT_ONCE);
    const all = await tried(trx, () => insert(trx, some));
    if ("made" in all) {
      written.push(...all.made);
      continue;
    }
    for (const row of some) {
      const one = await tried(trx, () => insert(trx, [row]));
      if ("made" in one) written.push(...one.made);
      else refused.push({ sessionId: row.session_id, error: one.error });
    }
  }
  return { written, refused };
}

const insert = (trx: Trx, rows: Row[]): Promise<Meeting[]> =>
  trx
    .insertInto("meetings")
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .execute();

/** A value that the table refuses; anything else isn't about the rows. */
const isAboutRows = (error: unknown): boolean => /^2[23]/.test(codeOf(error) ?? "");

async function tried(
  trx: Trx,
  work: () => Promise<Meeting[]>,
): Promise<{ made: Meeting[] } | { error: unknown }> {
  await sql`savepoint before_rows`.execute(trx);
  try {
    const made = await work();
    await sql`release savepoint before_rows`.execute(trx);
    return { made };
  } catch (error) {
    if (!isAboutRows(error)) throw error;
    await sql`rollback to savepoint before_rows`.execute(trx);
    return { error };
  }
}
