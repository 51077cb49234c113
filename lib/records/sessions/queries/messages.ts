/** What people wrote with a change of a lesson or booking; see the paragraph at the table. */
import type { Insertable } from "kysely";
import type { LessonMessages } from "#lib/platform/database.types.ts";
import type { Queryable, Trx } from "#lib/platform/db.ts";

export const insertMessages = (trx: Trx, rows: Insertable<LessonMessages>[]) =>
  trx.insertInto("lesson_messages").values(rows).execute();

const withWriters = (q: Queryable) =>
  q
    .selectFrom("lesson_messages as m")
    .select(["m.booking_id", "m.session_id", "m.person_id", "m.said_with"])
    .select(["m.text", "m.created_at"])
    .orderBy("m.created_at")
    .orderBy("m.id");

/** Those about these bookings as a whole, oldest first. */
export const messagesOfBookings = (q: Queryable, bookingIds: string[]) =>
  withWriters(q)
    .where("m.booking_id", "in", bookingIds)
    .where("m.session_id", "is", null)
    .execute();

/** Those about this lesson alone, and about the whole booking that it belongs to, oldest first. */
export const messagesOfLesson = (q: Queryable, lesson: { id: string; booking_id: string }) =>
  withWriters(q)
    .where("m.booking_id", "=", lesson.booking_id)
    .where((eb) => eb.or([eb("m.session_id", "is", null), eb("m.session_id", "=", lesson.id)]))
    .execute();

/** The newest that came with a change of this kind to one of these lessons. */
export const newestMessage = (
  q: Queryable,
  of: { saidWith: LessonMessages["said_with"]; sessionIds: string[] },
) =>
  q
    .selectFrom("lesson_messages")
    .select(["text", "person_id"])
    .where("said_with", "=", of.saidWith)
    .where("session_id", "in", of.sessionIds)
    .orderBy("created_at", "desc")
    .limit(1)
    .executeTakeFirst();

export type LessonMessage = Awaited<ReturnType<typeof messagesOfLesson>>[number];
