/** Counts uses of what is limited, for all processes together; see the paragraph at the table. */
import { sql } from "kysely";
import { addSeconds } from "#lib/platform/clock.ts";
import type { Trx } from "#lib/platform/db.ts";
import type { Window } from "./rules.ts";

export interface Use {
  rule: string;
  /** A keyed hash. */
  whose: string;
}

/**
 * Until the end of the transaction nobody else counts this. Whoever counts several at once takes them in one
 * order: `inOrder`.
 */
export async function lockUses(trx: Trx, { rule, whose }: Use): Promise<void> {
  // Another seed than the tutor's lock has, so that the two never mean the same number.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${rule} ${whose}`}, 1))`.execute(trx);
}

export const inOrder = <U extends Use>(uses: readonly U[]): U[] =>
  uses.toSorted((a, b) => (`${a.rule} ${a.whose}` < `${b.rule} ${b.whose}` ? -1 : 1));

/**
 * When the window has room again; null if it has room now. Call it under the lock.
 */
export async function fullUntil(
  trx: Trx,
  { rule, whose }: Use,
  { most, seconds }: Window,
  now: Date,
): Promise<Date | null> {
  const row = await trx
    .selectFrom("limited_uses")
    .select("used_at")
    .where("rule", "=", rule)
    .where("whose", "=", whose)
    .where("used_at", ">", addSeconds(now, -seconds))
    .orderBy("used_at", "desc")
    .offset(most - 1)
    .limit(1)
    .executeTakeFirst();
  return row ? addSeconds(row.used_at, seconds) : null;
}

/** How many uses this window holds. */
export async function usesWithin(trx: Trx, { rule, whose }: Use, seconds: number, now: Date) {
  const { count } = await trx
    .selectFrom("limited_uses")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("rule", "=", rule)
    .where("whose", "=", whose)
    .where("used_at", ">", addSeconds(now, -seconds))
    .executeTakeFirstOrThrow();
  return count;
}

/** @returns the use's id */
export async function insertUse(trx: Trx, use: Use, now: Date, longest: number): Promise<string> {
  const { id } = await trx
    .insertInto("limited_uses")
    .values({ ...use, used_at: now, counts_until: addSeconds(now, longest) })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Takes uses back that came to nothing. */
export const deleteUses = (trx: Trx, ids: string[]) =>
  trx.deleteFrom("limited_uses").where("id", "in", ids).execute();

export const forgetUses = (trx: Trx, { rule, whose }: Use) =>
  trx.deleteFrom("limited_uses").where("rule", "=", rule).where("whose", "=", whose).execute();

export const deleteOldUses = (trx: Trx, now: Date) =>
  trx.deleteFrom("limited_uses").where("counts_until", "<=", now).execute();
