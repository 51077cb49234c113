/** Requests for another time of a lesson; see the paragraph at the table. */
import type { Trx } from "#lib/platform/db.ts";

/** Its lesson was moved or cancelled, so there is nothing to answer any more. */
export const closeRequests = (trx: Trx, sessionId: string, now: Date) =>
  trx
    .updateTable("change_requests")
    .set({ status: "closed", decided_at: now })
    .where("session_id", "=", sessionId)
    .where("status", "=", "open")
    .execute();
