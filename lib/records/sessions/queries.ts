import { type Insertable, sql, type Updateable } from "kysely";
import { addDays } from "#lib/platform/clock.ts";
import type { SessionJoins, Sessions } from "#lib/platform/database.types.ts";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import { byInstant, onPage, type Page } from "#lib/platform/paging.ts";
import { nameOfStudent, zoneOfStudent } from "#lib/records/students/queries.ts";
import { openStatuses, type Session } from "./rules.ts";

export const sessionById = (q: Queryable, id: string): Promise<Session | undefined> =>
  q.selectFrom("sessions").selectAll().where("id", "=", id).executeTakeFirst();

/** Runs as the signed-in person: whoever can see the row may act on it. */
export const lockSession = (trx: Trx, id: string): Promise<Session | undefined> =>
  trx.selectFrom("sessions").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();

/** The lessons that a migration moves, soonest first. */
export const futureSessions = (q: Queryable, tutorId: string, now: Date): Promise<Session[]> =>
  q
    .selectFrom("sessions")
    .selectAll()
    .where("tutor_id", "=", tutorId)
    .where("status", "in", openStatuses)
    .where("scheduled_start_at", ">=", now)
    .orderBy("scheduled_start_at")
    .orderBy("id")
    .execute();

/** Open lessons, and any other lesson whose meetings still need a call. */
export const sessionsForSnapshot = (
  q: Queryable,
  tutorId: string,
  sessionIds: string[],
): Promise<Session[]> =>
  q
    .selectFrom("sessions")
    .selectAll()
    .where("tutor_id", "=", tutorId)
    .where((eb) =>
      eb.or([
        eb("status", "in", openStatuses),
        ...(sessionIds.length > 0 ? [eb("id", "in", sessionIds)] : []),
      ]),
    )
    .execute();

export const insertSessions = (trx: Trx, rows: Insertable<Sessions>[]): Promise<Session[]> =>
  trx.insertInto("sessions").values(rows).returningAll().execute();

/** Fenced by the revision that the caller saw. The change itself may raise the revision. */
export async function updateSession(
  trx: Trx,
  seen: Pick<Session, "id" | "revision">,
  change: Updateable<Sessions>,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("sessions")
    .set(change)
    .where("id", "=", seen.id)
    .where("revision", "=", seen.revision)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/**
 * No lesson lasts longer than a day, apart from a few from before that was refused. The planner has to know, because it
 * can't tell that few of the lessons that end later have begun.
 */
const LONGEST_DAYS = 7;

/** Opens the SCHEDULED lessons that may be joined by now. */
export const openDoors = (trx: Trx, opensBefore: Date, now: Date) =>
  trx
    .updateTable("sessions")
    .set({ status: "JOIN_OPEN", updated_at: now })
    .where("status", "=", "SCHEDULED")
    .where("scheduled_start_at", "<=", opensBefore)
    .where("scheduled_start_at", ">", addDays(now, -LONGEST_DAYS))
    .where("scheduled_end_at", ">", now)
    .execute();

/** Completes the open lessons that have ended. @returns their ids and tutors */
export const completeEnded = (trx: Trx, now: Date) =>
  trx
    .updateTable("sessions")
    .set({ status: "COMPLETED", updated_at: now })
    .where("status", "in", openStatuses)
    .where("scheduled_end_at", "<=", now)
    .returning(["id", "tutor_id"])
    .execute();

/** A lesson with its subject and the names and time zones of both sides; of the student, as their tutor calls them. */
export const withPeople = (q: Queryable) =>
  q
    .selectFrom("sessions as s")
    .innerJoin("bookings as b", "b.id", "s.booking_id")
    .innerJoin("people as t", "t.id", "s.tutor_id")
    .innerJoin("people as p", "p.id", "s.student_id")
    .leftJoin("tutor_students as ts", (join) =>
      join.onRef("ts.tutor_id", "=", "s.tutor_id").onRef("ts.student_id", "=", "s.student_id"),
    )
    .selectAll("s")
    .select([
      "b.subject",
      "b.time_zone as booking_zone",
      "t.name as tutor_name",
      "t.time_zone as tutor_zone",
      "t.cancel_until_hours",
      nameOfStudent.as("student_name"),
      zoneOfStudent.as("student_zone"),
    ]);

/** An open lesson of the tutor that overlaps this span, other than those in `except`. */
export const overlapping = (
  q: Queryable,
  { tutorId, from, to, except = [] }: { tutorId: string; from: Date; to: Date; except?: string[] },
) =>
  withPeople(q)
    .where("s.tutor_id", "=", tutorId)
    .where("s.status", "in", openStatuses)
    .where("s.scheduled_start_at", "<", to)
    .where("s.scheduled_end_at", ">", from)
    .$if(except.length > 0, (query) => query.where("s.id", "not in", except))
    .orderBy("s.scheduled_start_at")
    .executeTakeFirst();

/**
 * The lessons of a booking that haven't begun, soonest first: all of them, or those from `from` on. Call it under the
 * tutor's lock.
 */
export const seriesAhead = (
  q: Queryable,
  { bookingId, now, from = now }: { bookingId: string; now: Date; from?: Date },
): Promise<Session[]> =>
  q
    .selectFrom("sessions")
    .selectAll()
    .where("booking_id", "=", bookingId)
    .where("status", "in", openStatuses)
    .where("scheduled_start_at", ">", now)
    .where("scheduled_start_at", ">=", from)
    .orderBy("scheduled_start_at")
    .orderBy("id")
    .execute();

/** How many lessons of each of these bookings haven't begun. */
export async function countAhead(
  q: Queryable,
  bookingIds: string[],
  now: Date,
): Promise<Map<string, number>> {
  if (bookingIds.length === 0) return new Map();
  const rows = await q
    .selectFrom("sessions")
    .select("booking_id")
    .select((eb) => eb.fn.countAll().as("count"))
    .where("booking_id", "in", bookingIds)
    .where("status", "in", openStatuses)
    .where("scheduled_start_at", ">", now)
    .groupBy("booking_id")
    .execute();
  return new Map(rows.map((row) => [row.booking_id, Number(row.count)]));
}

/**
 * The lessons that the person takes part in, by start; one more than the page holds. Row-level security is the
 * only filter.
 */
export const sessionsWithPeople = (q: Queryable, page: Page) =>
  onPage(withPeople(q), page, {
    by: byInstant("s.scheduled_start_at"),
    id: sql.ref("s.id"),
    direction: "asc",
  }).execute();

export const sessionWithPeople = (q: Queryable, id: string) =>
  withPeople(q).where("s.id", "=", id).executeTakeFirst();

/** By start. */
export const sessionsByIds = (q: Queryable, ids: string[]) =>
  withPeople(q).where("s.id", "in", ids).orderBy("s.scheduled_start_at").orderBy("s.id").execute();

/** The lessons that a migration moves, with the names of their people, soonest first. */
export const futureSessionsWithPeople = (q: Queryable, tutorId: string, now: Date) =>
  withPeople(q)
    .where("s.tutor_id", "=", tutorId)
    .where("s.status", "in", openStatuses)
    .where("s.scheduled_start_at", ">=", now)
    .orderBy("s.scheduled_start_at")
    .orderBy("s.id")
    .execute();

/** How many people have entered the room that each of these lessons has now. */
export async function entrantsOf(q: Queryable, sessionIds: string[]): Promise<Map<string, number>> {
  if (sessionIds.length === 0) return new Map();
  const rows = await q
    .selectFrom("session_joins as j")
    .innerJoin("sessions as s", (join) =>
      join.onRef("s.id", "=", "j.session_id").onRef("s.meeting_id", "=", "j.meeting_id"),
    )
    .select(["s.id", sql<number>`count(distinct (j.person_id, j.as_guardian))`.as("count")])
    .where("s.id", "in", sessionIds)
    .groupBy("s.id")
    .execute();
  return new Map(rows.map((row) => [row.id, Number(row.count)]));
}

export type SessionWithPeople = NonNullable<Awaited<ReturnType<typeof sessionWithPeople>>>;

/** The lesson's student, after whoever is taking their place. */
export async function studentNow(trx: Trx, id: string): Promise<string> {
  const row = await trx
    .selectFrom("sessions")
    .select("student_id")
    .where("id", "=", id)
    .forShare()
    .executeTakeFirstOrThrow();
  return row.student_id;
}

export const insertJoin = (trx: Trx, join: Insertable<SessionJoins>) =>
  trx.insertInto("session_joins").values(join).execute();

/** Which rooms of these lessons the person, or their guardian, has entered, oldest first. */
export const joinsOf = (
  q: Queryable,
  { personId, asGuardian = false }: { personId: string; asGuardian?: boolean },
  sessionIds: string[],
) =>
  q
    .selectFrom("session_joins")
    .select(["session_id", "meeting_id"])
    .where("person_id", "=", personId)
    .where("as_guardian", "=", asGuardian)
    .where("session_id", "in", sessionIds)
    .orderBy("joined_at")
    .execute();

/** Lessons that the person takes part in and that begin at that time or later. */
export const sessionsWithPeopleFrom = (q: Queryable, since: Date) =>
  withPeople(q)
    .where("s.scheduled_start_at", ">=", since)
    .orderBy("s.scheduled_start_at")
    .orderBy("s.id")
    .execute();

/** The student's open lessons that aren't over, soonest first. */
export const lessonsOfStudent = (q: Queryable, studentId: string, now: Date) =>
  withPeople(q)
    .where("s.student_id", "=", studentId)
    .where("s.status", "in", openStatuses)
    .where("s.scheduled_end_at", ">", now)
    .orderBy("s.scheduled_start_at")
    .orderBy("s.id")
    .execute();
