/** Requests for another time of a lesson; see the paragraph at the table. */
import type { Insertable, Selectable, Updateable } from "kysely";
import type { ChangeRequests } from "#lib/platform/database.types.ts";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import { withPeople } from "#lib/records/sessions/queries.ts";
import { openStatuses } from "#lib/records/sessions/rules.ts";

export type ChangeRequest = Selectable<ChangeRequests>;

export const insertChangeRequest = (trx: Trx, row: Insertable<ChangeRequests>) =>
  trx.insertInto("change_requests").values(row).execute();

export const changeRequestById = (q: Queryable, id: string): Promise<ChangeRequest | undefined> =>
  q.selectFrom("change_requests").selectAll().where("id", "=", id).executeTakeFirst();

/** The one that waits for an answer. */
export const openRequestOf = (
  q: Queryable,
  sessionId: string,
): Promise<ChangeRequest | undefined> =>
  q
    .selectFrom("change_requests")
    .selectAll()
    .where("session_id", "=", sessionId)
    .where("status", "=", "open")
    .executeTakeFirst();

/** The newest one of each of these lessons; no open one is older than another. */
export const newestRequestsOf = (q: Queryable, sessionIds: string[]): Promise<ChangeRequest[]> =>
  q
    .selectFrom("change_requests")
    .selectAll()
    .distinctOn("session_id")
    .where("session_id", "in", sessionIds)
    .orderBy("session_id")
    .orderBy((eb) => eb("status", "=", "open"), "desc")
    .orderBy("created_at", "desc")
    .orderBy("id")
    .execute();

/** Fenced: it is decided once. @returns whether by this call */
export async function decideRequest(
  trx: Trx,
  id: string,
  change: Pick<Updateable<ChangeRequests>, "status" | "answer" | "decided_at">,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("change_requests")
    .set(change)
    .where("id", "=", id)
    .where("status", "=", "open")
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Its lesson was moved or cancelled, so there is nothing to answer any more. */
export const closeRequests = (trx: Trx, sessionId: string, now: Date) =>
  trx
    .updateTable("change_requests")
    .set({ status: "closed", decided_at: now })
    .where("session_id", "=", sessionId)
    .where("status", "=", "open")
    .execute();

/** Those whose lessons have begun. */
export const closeBegunRequests = (trx: Trx, now: Date) =>
  trx
    .updateTable("change_requests as r")
    .from("sessions as s")
    .set({ status: "closed", decided_at: now })
    .whereRef("s.id", "=", "r.session_id")
    .where("r.status", "=", "open")
    .where("s.scheduled_start_at", "<=", now)
    .execute();

/** The lessons that haven't begun and for which another time is asked for, soonest first. */
export const lessonsAskedAbout = (q: Queryable, now: Date) =>
  withPeople(q)
    .innerJoin("change_requests as r", "r.session_id", "s.id")
    .where("r.status", "=", "open")
    .where("s.status", "in", openStatuses)
    .where("s.scheduled_start_at", ">", now)
    .orderBy("s.scheduled_start_at")
    .execute();
