/** What one process does for the whole house; see the paragraph at `private.duties`. */
import type { Trx } from "#lib/platform/db.ts";

const TABLE = "private.duties";

export type DutyName = "sweep";

export interface Lease {
  duty: DutyName;
  /** The process. */
  holder: string;
  until: Date;
}

/**
 * Takes the duty, or goes on with it. A lease that runs longer than ours would was written by a clock that is ahead, and
 * counts for nothing: its process may be dead.
 * @returns false while another's lease runs
 */
export async function takeDuty(
  trx: Trx,
  { duty, holder, until }: Lease,
  now: Date,
): Promise<boolean> {
  const lease = { holder, held_until: until };
  const { numUpdatedRows } = await trx
    .updateTable(TABLE)
    .set(lease)
    .where("duty", "=", duty)
    .where((eb) =>
      eb.or([
        eb("holder", "is", null),
        eb("holder", "=", holder),
        eb("held_until", "<=", now),
        eb("held_until", ">", until),
      ]),
    )
    .executeTakeFirstOrThrow();
  if (numUpdatedRows > 0n) return true;
  // Nobody has had it yet. Those who find it taken lock nothing.
  const { numInsertedOrUpdatedRows: made = 0n } = await trx
    .insertInto(TABLE)
    .values({ duty, ...lease })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return made > 0n;
}

/** Another process may take it at once. Does nothing where another has it. */
export const leaveDuty = (trx: Trx, { duty, holder }: Omit<Lease, "until">) =>
  trx
    .updateTable(TABLE)
    .set({ holder: null, held_until: null })
    .where("duty", "=", duty)
    .where("holder", "=", holder)
    .execute();
