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
  const left = chunksOf(rows, ROWS_AT_ONCE);
  for (let some = left.shift(); some; some = left.shift()) {
    const tried = await inSavepoint(trx, some);
    const [first] = some;
    if ("made" in tried) written.push(...tried.made);
    else if (some.length === 1 && first)
      refused.push({ sessionId: first.session_id, error: tried.error });
    // Of many rows one is found by halving in a few tries.
    else left.unshift(...chunksOf(some, Math.ceil(some.length / 2)));
  }
  return { written, refused };
}

const chunksOf = (rows: Row[], size: number): Row[][] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, i) =>
    rows.slice(i * size, (i + 1) * size),
  );

const insert = (trx: Trx, rows: Row[]): Promise<Meeting[]> =>
  trx
    .insertInto("meetings")
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .execute();

/** A value that the table refuses; anything else isn't about the rows. */
const isAboutRows = (error: unknown): boolean => /^2[23]/.test(codeOf(error) ?? "");

async function inSavepoint(
  trx: Trx,
  rows: Row[],
): Promise<{ made: Meeting[] } | { error: unknown }> {
  await sql`savepoint before_rows`.execute(trx);
  try {
    const made = await insert(trx, rows);
    await sql`release savepoint before_rows`.execute(trx);
    return { made };
  } catch (error) {
    if (!isAboutRows(error)) throw error;
    await sql`rollback to savepoint before_rows`.execute(trx);
    return { error };
  }
}
