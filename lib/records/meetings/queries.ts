import { type ExpressionBuilder, type Insertable, sql, type Updateable } from "kysely";
import type { DB, Meetings } from "#lib/platform/database.types.ts";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import { openStatuses } from "#lib/records/sessions/rules.ts";
import { atRest, isUnknownRefusal, type Meeting, type MeetingState } from "./rules.ts";

export const meetingById = (q: Queryable, id: string): Promise<Meeting | undefined> =>
  q.selectFrom("meetings").selectAll().where("id", "=", id).executeTakeFirst();

/** Rows that still need a call, rows in use, and refusals that apply to the current desired state. */
export const openLedger = (q: Queryable, tutorId: string, generation: number): Promise<Meeting[]> =>
  q
    .selectFrom("meetings")
    .selectAll()
    .where("tutor_id", "=", tutorId)
    .where((eb) =>
      eb.or([
        eb("state", "in", ["intended", "live", "superseded", "deleting"]),
        eb.and([
          eb("state", "=", "abandoned"),
          eb("generation", "=", generation),
          eb("error_code", "is not", null),
        ]),
      ]),
    )
    .orderBy("created_at")
    .orderBy("id")
    .execute();

/** No call is under way for the row. */
const isIdle = (now: Date) => (eb: ExpressionBuilder<DB, "meetings">) =>
  eb.or([eb("lease_until", "is", null), eb("lease_until", "<=", now)]);

export const insertMeeting = (trx: Trx, row: Insertable<Meetings>): Promise<Meeting> =>
  trx.insertInto("meetings").values(row).returningAll().executeTakeFirstOrThrow();

/** Gives up rows of which nothing exists at the provider, because no call was made or it was refused. */
export async function abandonUncalled(trx: Trx, ids: string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await trx
    .updateTable("meetings")
    .set({ state: "abandoned", closed_at: now, next_attempt_at: null, updated_at: now })
    .where("id", "in", ids)
    .where("state", "=", "intended")
    .where(isIdle(now))
    .execute();
}

/**
 * Claims the row for one call. Nobody else may work on it until `leaseUntil`. The returned `attempts` is the
 * fence that every later write names.
 * @returns undefined where another worker was quicker or the row has moved on
 */
export const claimMeeting = (
  trx: Trx,
  claim: {
    id: string;
    from: MeetingState;
    to: MeetingState;
    seen: Pick<Meeting, "attempts" | "outcome_unknown">;
    leaseUntil: Date;
    outcomeUnknown: boolean;
    now: Date;
  },
): Promise<Meeting | undefined> =>
  trx
    .updateTable("meetings")
    .set({
      state: claim.to,
      attempts: sql`attempts + 1`,
      lease_until: claim.leaseUntil,
      outcome_unknown: claim.outcomeUnknown,
      updated_at: claim.now,
    })
    .where("id", "=", claim.id)
    .where("state", "=", claim.from)
    .where("attempts", "=", claim.seen.attempts)
    .where("outcome_unknown", "=", claim.seen.outcome_unknown)
    .where(isIdle(claim.now))
    .returningAll()
    .executeTakeFirst();

/** The first of several unknown refusals in a row; any other answer ends them. A change without an answer leaves it. */
function refusedSince(change: Updateable<Meetings>, now: Date): Updateable<Meetings> {
  if (change.error_code === undefined) return {};
  const since = sql<Date>`coalesce(refused_since, ${now}::timestamptz)`;
  return { refused_since: isUnknownRefusal(change) ? since : null } as Updateable<Meetings>;
}

/** Writes the outcome of a call. Does nothing when the row belongs to a later attempt by now. */
export async function answerMeeting(
  trx: Trx,
  claimed: Pick<Meeting, "id" | "attempts" | "state">,
  change: Updateable<Meetings>,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("meetings")
    .set({ ...refusedSince(change, now), ...change, lease_until: null, updated_at: now })
    .where("id", "=", claimed.id)
    .where("state", "=", claimed.state)
    .where("attempts", "=", claimed.attempts)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/**
 * Changes a row that no call is under way for.
 * @returns false where a call is under way, or where the row is in none of the states `from`
 */
export async function changeIdleMeeting(
  trx: Trx,
  id: string,
  from: MeetingState[],
  change: Updateable<Meetings>,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("meetings")
    .set({ ...change, updated_at: now })
    .where("id", "=", id)
    .where("state", "in", from)
    .where(isIdle(now))
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** What a room's refusals were about is over once it is replaced, or belongs to its lesson again. */
const begunAnew = { ...atRest, refused_since: null };

/**
 * Replaces the room that a lesson points at. The old room stays until `deleteAfter` (null: not known yet). A
 * room that was entered by hand isn't ours to delete, so its row ends at once. Where the provider has refused to be told
 * something for good, an undo tells it again: no lesson has revision 0.
 */
export const supersedeLive = (trx: Trx, sessionId: string, deleteAfter: Date | null, now: Date) =>
  trx
    .updateTable("meetings")
    .set({
      state: sql<MeetingState>`case origin when 'manual' then 'ended' else 'superseded' end`,
      superseded_at: now,
      delete_after: sql<Date | null>`case origin when 'segue' then ${deleteAfter}::timestamptz end`,
      closed_at: sql<Date | null>`case origin when 'manual' then ${now}::timestamptz end`,
      revision: sql<number>`case when error_code is not null and next_attempt_at is null then 0 else revision end`,
      ...begunAnew,
      updated_at: now,
    })
    .where("session_id", "=", sessionId)
    .where("state", "=", "live")
    .execute();

/**
 * A replaced room that still exists belongs to its lesson again and counts as made for this generation. Its
 * lease stays: a call from before it was replaced may still be under way, and the next call waits for it.
 * `live_at` also stays, because it says when the room first went live; migrations record when a lesson came
 * back.
 * @returns false where the room is no longer there to go back to
 */
export async function reviveMeeting(
  trx: Trx,
  id: string,
  generation: number,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("meetings")
    .set({
      state: "live",
      generation,
      superseded_at: null,
      delete_after: null,
      ...begunAnew,
      updated_at: now,
    })
    .where("id", "=", id)
    .where("state", "=", "superseded")
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** A live room serves a newer desired state unchanged. */
export const raiseGeneration = (trx: Trx, id: string, generation: number, now: Date) =>
  trx
    .updateTable("meetings")
    .set({ generation, updated_at: now })
    .where("id", "=", id)
    .where("state", "=", "live")
    .execute();

/** Replaced rooms whose link somebody has written into a lesson are no longer ours to delete. */
export const keepReplaced = (trx: Trx, tutorId: string, joinUrl: string, now: Date) =>
  trx
    .updateTable("meetings")
    .set({ state: "ended", closed_at: now, updated_at: now })
    .where("tutor_id", "=", tutorId)
    .where("join_url", "=", joinUrl)
    .where("state", "=", "superseded")
    .execute();

/** Live rooms that we made and that future lessons of the tutor lead to, soonest first. */
export const roomsToCheck = (
  q: Queryable,
  of: { tutorId: string; now: Date; until: Date | undefined },
): Promise<Meeting[]> =>
  q
    .selectFrom("meetings as m")
    .innerJoin("sessions as s", "s.meeting_id", "m.id")
    .selectAll("m")
    .where("s.tutor_id", "=", of.tutorId)
    .where("s.status", "in", openStatuses)
    .where("s.scheduled_start_at", ">=", of.now)
    .$if(of.until !== undefined, (query) =>
      query.where("s.scheduled_start_at", "<=", of.until ?? of.now),
    )
    .where("m.state", "=", "live")
    .where("m.origin", "=", "segue")
    .whereRef("s.join_url", "=", "m.join_url")
    .orderBy("s.scheduled_start_at")
    .orderBy("s.id")
    .execute();

/** These lessons are over: the provider keeps the history, and nothing is called any more. */
export const endMeetings = (trx: Trx, sessionIds: string[], now: Date) =>
  trx
    .updateTable("meetings")
    .set({ state: "ended", closed_at: now, updated_at: now })
    .where("session_id", "in", sessionIds)
    .where("state", "=", "live")
    .execute();

/** The undo window of a migration begins, so the date until which its old rooms stay is now known. */
export const setDeleteAfter = (trx: Trx, migrationId: string, deleteAfter: Date, now: Date) =>
  trx
    .updateTable("meetings")
    .set({ delete_after: deleteAfter, updated_at: now })
    .where("state", "=", "superseded")
    .where("delete_after", "is", null)
    .where("id", "in", (eb) =>
      eb
        .selectFrom("migration_sessions")
        .select("from_meeting_id")
        .where("migration_id", "=", migrationId)
        .where("from_meeting_id", "is not", null)
        .$narrowType<{ from_meeting_id: string }>(),
    )
    .execute();

/**
 * Tutors with a row that became due between `since` and `now`. A row that stays due for longer is held up by
 * something other than its date; the sweep that runs each minute takes care of it.
 */
export async function tutorsWithDueMeetings(
  q: Queryable,
  since: Date,
  now: Date,
): Promise<string[]> {
  const due = sql<Date>`greatest(next_attempt_at, lease_until,
    case state when 'superseded' then delete_after end)`;
  const rows = await q
    .selectFrom("meetings")
    .select("tutor_id")
    .distinct()
    .where("state", "in", ["intended", "live", "superseded", "deleting"])
    .where(due, ">", since)
    .where(due, "<=", now)
    .union(
      q
        .selectFrom("meetings")
        .select("tutor_id")
        .where("orphan_scan_at", ">", since)
        .where("orphan_scan_at", "<=", now),
    )
    .union(
      q
        .selectFrom("meetings")
        .select("tutor_id")
        .where("state", "=", "live")
        .where("check_at", ">", since)
        .where("check_at", "<=", now),
    )
    .execute();
  return rows.map((row) => row.tutor_id);
}
