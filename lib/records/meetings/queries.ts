import { type Insertable, sql, type Updateable } from "kysely";
import type { Meetings } from "#lib/platform/database.types.ts";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import { openStatuses } from "#lib/records/sessions/rules.ts";
import type { Meeting, MeetingState } from "./rules.ts";

export const meetingById = (q: Queryable, id: string): Promise<Meeting | undefined> =>
  q.selectFrom("meetings").selectAll().where("id", "=", id).executeTakeFirst();

/** Rows that still want something, rows in use, and refusals that stand for the current wish. */
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

/**
 * Whether the lesson's room is for this wish already, or one is being asked for: what a worker learns
 * whose look at the board is older than another one's work.
 */
export const isAskedFor = async (
  trx: Trx,
  session: { id: string; revision: number; meeting_id: string | null },
  desired: { grant_id: string; generation: number },
): Promise<boolean> => {
  const row = await trx
    .selectFrom("meetings")
    .select("id")
    .where("session_id", "=", session.id)
    .where("grant_id", "=", desired.grant_id)
    .where("generation", "=", desired.generation)
    .where((eb) =>
      eb.or([
        eb.and([eb("state", "=", "live"), eb("id", "=", session.meeting_id)]),
        eb.and([eb("state", "=", "intended"), eb("revision", "=", session.revision)]),
      ]),
    )
    .executeTakeFirst();
  return row !== undefined;
};

export const insertMeeting = (trx: Trx, row: Insertable<Meetings>): Promise<Meeting> =>
  trx.insertInto("meetings").values(row).returningAll().executeTakeFirstOrThrow();

/**
 * Takes the row for one call. Nobody else may work on it until `leaseUntil`; the returned `attempts`
 * is the fence that every later write names.
 * @returns undefined where somebody else was quicker or the row has moved on
 */
export const claimMeeting = (
  trx: Trx,
  claim: {
    id: string;
    from: MeetingState[];
    to: MeetingState;
    seenAttempts: number;
    leaseUntil: Date;
    outcome_unknown: boolean;
    now: Date;
  },
): Promise<Meeting | undefined> =>
  trx
    .updateTable("meetings")
    .set({
      state: claim.to,
      attempts: sql`attempts + 1`,
      lease_until: claim.leaseUntil,
      outcome_unknown: claim.outcome_unknown,
      updated_at: claim.now,
    })
    .where("id", "=", claim.id)
    .where("state", "in", claim.from)
    .where("attempts", "=", claim.seenAttempts)
    .where((eb) => eb.or([eb("lease_until", "is", null), eb("lease_until", "<=", claim.now)]))
    .returningAll()
    .executeTakeFirst();

/** Writes what a call brought; does nothing when the row belongs to another attempt by now. */
export async function answerMeeting(
  trx: Trx,
  claimed: Pick<Meeting, "id" | "attempts" | "state">,
  change: Updateable<Meetings>,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("meetings")
    .set({ ...change, lease_until: null, updated_at: now })
    .where("id", "=", claimed.id)
    .where("state", "=", claimed.state)
    .where("attempts", "=", claimed.attempts)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Changes a row that nobody is calling for. @returns false where somebody is, or its state is another */
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
    .where((eb) => eb.or([eb("lease_until", "is", null), eb("lease_until", "<=", now)]))
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** A lesson that waited for tomorrow on a living room has lost that: it may have one of those kept back. */
export const hastenDeferred = (trx: Trx, sessionId: string, now: Date) =>
  trx
    .updateTable("meetings")
    .set({ next_attempt_at: now, updated_at: now })
    .where("session_id", "=", sessionId)
    .where("state", "=", "intended")
    .where("error_code", "=", "daily_limit")
    .execute();

/**
 * The room that a lesson points at is replaced; its room stays until `deleteAfter` (null: not known yet).
 * One written in by hand isn't ours to delete: it is over at once.
 */
export const supersedeLive = (trx: Trx, sessionId: string, deleteAfter: Date | null, now: Date) =>
  trx
    .updateTable("meetings")
    .set({
      state: sql<MeetingState>`case origin when 'manual' then 'ended' else 'superseded' end`,
      superseded_at: now,
      delete_after: sql<Date | null>`case origin when 'segue' then ${deleteAfter}::timestamptz end`,
      closed_at: sql<Date | null>`case origin when 'manual' then ${now}::timestamptz end`,
      attempts: 0,
      next_attempt_at: null,
      error_code: null,
      error_detail: null,
      updated_at: now,
    })
    .where("session_id", "=", sessionId)
    .where("state", "=", "live")
    .execute();

/**
 * A replaced room that still lives is its lesson's again, and counts as made for this generation. Its
 * lease stays: a call from before it was replaced may still be on its way, and the next one waits for it.
 * So does `live_at`, since when it was there first: migrations note when a lesson came back.
 * @returns false where it isn't there to go back to
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
      attempts: 0,
      next_attempt_at: null,
      error_code: null,
      error_detail: null,
      updated_at: now,
    })
    .where("id", "=", id)
    .where("state", "=", "superseded")
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** A living room serves a newer wish as it is. */
export const raiseGeneration = (trx: Trx, id: string, generation: number, now: Date) =>
  trx
    .updateTable("meetings")
    .set({ generation, updated_at: now })
    .where("id", "=", id)
    .where("state", "=", "live")
    .execute();

/** Replaced rooms behind a link that somebody has written into a lesson are no longer ours to delete. */
export const keepReplaced = (trx: Trx, tutorId: string, joinUrl: string, now: Date) =>
  trx
    .updateTable("meetings")
    .set({ state: "ended", closed_at: now, updated_at: now })
    .where("tutor_id", "=", tutorId)
    .where("join_url", "=", joinUrl)
    .where("state", "=", "superseded")
    .execute();

/** Rooms that we made and that future lessons of the tutor lead to, soonest first. */
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

/** The lesson is over: the provider keeps its history, nothing is called any more. */
export const endMeetings = (trx: Trx, sessionIds: string[], now: Date) =>
  trx
    .updateTable("meetings")
    .set({ state: "ended", closed_at: now, updated_at: now })
    .where("session_id", "in", sessionIds)
    .where("state", "=", "live")
    .execute();

/** The undo window of a migration begins: now it is known until when its old rooms stay. */
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
 * Tutors with a row that fell due between `since` and `now`. A row that stays due for longer is held
 * for another reason than its date, and is left to the minute's look at everything.
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
