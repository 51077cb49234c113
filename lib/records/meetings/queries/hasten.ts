/** Rows that were put off and are due now. */
import { addSeconds } from "#lib/platform/clock.ts";
import type { Trx } from "#lib/platform/db.ts";
import { LATEST_SEARCH_SECONDS } from "./paused.ts";

/**
 * It could wait because its old room still worked. That room is gone, so it is due, and may use the reserve, whatever it waits
 * for. A search after a lost answer keeps its own short schedule: made too early, it would find nothing.
 */
export const hastenDeferred = (trx: Trx, sessionId: string, now: Date) =>
  trx
    .updateTable("meetings")
    .set({ next_attempt_at: now, updated_at: now })
    .where("session_id", "=", sessionId)
    .where("state", "=", "intended")
    .where((eb) =>
      eb.or([
        eb("error_code", "in", ["daily_limit", "rate_limited", "unavailable"]),
        eb("next_attempt_at", ">", addSeconds(now, LATEST_SEARCH_SECONDS)),
      ]),
    )
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
