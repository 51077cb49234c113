import { type Insertable, type RawBuilder, sql, type Updateable } from "kysely";
import type { Bookings } from "#lib/platform/database.types.ts";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import { byInstant, onPage, type Page } from "#lib/platform/paging.ts";
import { nameOfStudent, zoneOfStudent } from "#lib/records/students/queries.ts";
import type { Booking } from "./rules.ts";

export const insertBooking = (trx: Trx, row: Insertable<Bookings>): Promise<Booking> =>
  trx.insertInto("bookings").values(row).returningAll().executeTakeFirstOrThrow();

/** The student's requests to this tutor that wait for an answer. */
export const openRequests = (
  trx: Trx,
  { studentId, tutorId }: { studentId: string; tutorId: string },
): Promise<Booking[]> =>
  trx
    .selectFrom("bookings")
    .selectAll()
    .where("student_id", "=", studentId)
    .where("tutor_id", "=", tutorId)
    .where("status", "=", "requested")
    .execute();

/** How many requests wait for the tutor's answer, their first lesson still ahead. */
export async function countWaiting(q: Queryable, tutorId: string, now: Date): Promise<number> {
  const { count } = await q
    .selectFrom("bookings")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("tutor_id", "=", tutorId)
    .where("status", "=", "requested")
    .where("starts_at", ">", now)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Runs as the signed-in person: whoever can see the row may act on it. */
export const lockBooking = (trx: Trx, id: string): Promise<Booking | undefined> =>
  trx.selectFrom("bookings").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();

export const bookingById = (q: Queryable, id: string): Promise<Booking | undefined> =>
  q.selectFrom("bookings").selectAll().where("id", "=", id).executeTakeFirst();

export const updateBooking = (trx: Trx, id: string, change: Updateable<Bookings>) =>
  trx.updateTable("bookings").set(change).where("id", "=", id).execute();

/** The starts of those of the booking's lessons. As JSON, since the two databases read arrays of instants differently. */
const startsWhere = (condition: RawBuilder<unknown>) =>
  sql<
    string[]
  >`(select coalesce(jsonb_agg(s.scheduled_start_at order by s.scheduled_start_at), '[]')
    from sessions s where s.booking_id = b.id and ${condition})`;

const withPeople = (q: Queryable) =>
  q
    .selectFrom("bookings as b")
    .innerJoin("people as t", "t.id", "b.tutor_id")
    .innerJoin("people as p", "p.id", "b.student_id")
    .leftJoin("tutor_students as ts", (join) =>
      join.onRef("ts.tutor_id", "=", "b.tutor_id").onRef("ts.student_id", "=", "b.student_id"),
    )
    .selectAll("b")
    .select([
      "t.name as tutor_name",
      "t.time_zone as tutor_zone",
      "t.cancel_until_hours",
      nameOfStudent.as("student_name"),
      zoneOfStudent.as("student_zone"),
    ])
    .select([
      startsWhere(sql`s.status <> 'CANCELLED'`).as("lesson_starts"),
      startsWhere(sql`s.status = 'CANCELLED'`).as("cancelled_starts"),
    ]);

/**
 * The bookings that the person takes part in, newest first; one more than the page holds. Row-level security is
 * the only filter.
 */
export const bookingsWithPeople = (q: Queryable, page: Page) =>
  onPage(withPeople(q), page, {
    by: byInstant("b.created_at"),
    id: sql.ref("b.id"),
    direction: "desc",
  }).execute();

export const bookingWithPeople = (q: Queryable, id: string) =>
  withPeople(q).where("b.id", "=", id).executeTakeFirst();

export type BookingWithPeople = NonNullable<Awaited<ReturnType<typeof bookingWithPeople>>>;
