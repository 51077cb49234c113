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

/** Takes the duty, or goes on with it. @returns false while another's lease runs */
export async function takeDuty(
  trx: Trx,
  { duty, holder, until }: Lease,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable(TABLE)
    .set({ holder, held_until: until })
    .where("duty", "=", duty)
    .where((eb) =>
      eb.or([eb("holder", "is", null), eb("holder", "=", holder), eb("held_until", "<=", now)]),
    )
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Another process may take it at once. Does nothing where another has it. */
export const leaveDuty = (trx: Trx, { duty, holder }: Omit<Lease, "until">) =>
  trx
    .updateTable(TABLE)
    .set({ holder: null, held_until: null })
    .where("duty", "=", duty)
    .where("holder", "=", holder)
    .execute();
