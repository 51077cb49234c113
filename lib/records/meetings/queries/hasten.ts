/** Rows that were put off and are due now. */
import type { Trx } from "#lib/platform/db.ts";

/**
 * It could wait because its old room still worked. That room is gone, so it is due, and may use the reserve, whatever it waits
 * for. What may have been made is looked for soon in any case.
 */
export const hastenDeferred = (trx: Trx, sessionId: string, now: Date) =>
  trx
    .updateTable("meetings")
    .set({ next_attempt_at: now, updated_at: now })
    .where("session_id", "=", sessionId)
    .where("state", "=", "intended")
    .where("outcome_unknown", "=", false)
    .where("next_attempt_at", ">", now)
    .execute();

/** Its repair, or a change whose answer was unclear, could wait for the next day; the lesson's new time can't. */
export const hastenUpdate = (trx: Trx, sessionId: string, now: Date) =>
  trx
    .updateTable("meetings")
    .set({ next_attempt_at: now, updated_at: now })
    .where("session_id", "=", sessionId)
    .where("state", "=", "live")
    .where("error_code", "in", ["daily_limit", "outcome_unknown"])
    .execute();
