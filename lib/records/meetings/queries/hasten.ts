/** Rows that were put off and are due now. */
import { sql } from "kysely";
import type { Trx } from "#lib/platform/db.ts";

/** No search for a lost answer is further off than this by its own schedule. */
const LATEST_SEARCH_SECONDS = 60;

/**
 * Rows that wait because a provider has asked for it, or longer than a search would, and their lessons in the open migration,
 * are due now. A search after a lost answer keeps its own schedule: made too early, it would find nothing.
 * @param of.sessionId only those of this lesson, which could wait because its old room still worked, and that is gone
 * @returns whether there were any
 */
export async function hastenPaused(
  trx: Trx,
  { tutorId, sessionId = null }: { tutorId: string; sessionId?: string | null },
  now: Date,
): Promise<boolean> {
  const { rows } = await sql<{ session_id: string }>`
    with hastened as (
      update meetings set next_attempt_at = ${now}, updated_at = ${now}
       where tutor_id = ${tutorId} and state in ('intended', 'live')
         and session_id = coalesce(${sessionId}::uuid, session_id)
         and next_attempt_at > ${now}
         and (error_code in ('rate_limited', 'daily_limit', 'unavailable')
           or next_attempt_at > ${now}::timestamptz + ${LATEST_SEARCH_SECONDS}::integer * interval '1 second')
      returning session_id
    ), moves as (
      update migration_sessions set next_attempt_at = ${now}, updated_at = ${now}
       where tutor_id = ${tutorId} and state in ('pending', 'deferred') and next_attempt_at > ${now}
         and session_id in (select session_id from hastened)
    )
    select session_id from hastened`.execute(trx);
  return rows.length > 0;
}

/** Its repair, or a change whose answer was unclear, could wait for the next day; the lesson's new time can't. */
export const hastenUpdate = (trx: Trx, sessionId: string, now: Date) =>
  trx
    .updateTable("meetings")
    .set({ next_attempt_at: now, updated_at: now })
    .where("session_id", "=", sessionId)
    .where("state", "=", "live")
    .where("error_code", "in", ["daily_limit", "outcome_unknown"])
    .execute();
