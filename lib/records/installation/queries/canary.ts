/** What the processes on one database must have in common, sealed. */
import type { Queryable, Trx } from "#lib/platform/db.ts";

export interface StoredCanary {
  sealed: string;
  written_at: Date;
}

/** Undefined where no web process has started here yet. */
export const storedCanary = (q: Queryable): Promise<StoredCanary | undefined> =>
  q.selectFrom("private.canary").select(["sealed", "written_at"]).executeTakeFirst();

export const storeCanary = (trx: Trx, sealed: string, now: Date) =>
  trx
    .insertInto("private.canary")
    .values({ sealed, written_at: now })
    .onConflict((conflict) => conflict.column("singleton").doUpdateSet({ sealed, written_at: now }))
    .execute();

/** @returns whether it was still the one that was read */
export async function resealCanary(
  trx: Trx,
  { seen, sealed }: { seen: string; sealed: string },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("private.canary")
    .set({ sealed })
    .where("sealed", "=", seen)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

export const forgetCanary = (trx: Trx) => trx.deleteFrom("private.canary").execute();
