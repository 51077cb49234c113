import type { Queryable } from "#lib/platform/db.ts";
import { openStatuses } from "#lib/records/sessions/rules.ts";

/** Tutors with a connected provider and a lesson that begins between `from` and `until`. */
export async function connectedTutorsWithLessons(
  q: Queryable,
  from: Date,
  until: Date,
): Promise<string[]> {
  const rows = await q
    .selectFrom("sessions as s")
    .innerJoin("tutor_video_provider_connections as c", "c.tutor_id", "s.tutor_id")
    .select("s.tutor_id")
    .groupBy("s.tutor_id")
    .where("c.connection_status", "=", "connected")
    .where("s.status", "in", openStatuses)
    .where("s.scheduled_start_at", ">=", from)
    .where("s.scheduled_start_at", "<=", until)
    // Where there are too many for one check, it is those whose lessons are furthest away that wait.
    .orderBy((eb) => eb.fn.min("s.scheduled_start_at"))
    .orderBy("s.tutor_id")
    .execute();
  return rows.map((row) => row.tutor_id);
}

/** The tutor's soonest lesson that isn't over and has no room. */
export const nextWithoutRoom = (q: Queryable, tutorId: string, now: Date) =>
  q
    .selectFrom("sessions")
    .select(["meeting_id", "scheduled_start_at"])
    .where("tutor_id", "=", tutorId)
    .where("status", "in", openStatuses)
    .where("meeting_id", "is", null)
    .where("scheduled_end_at", ">", now)
    .orderBy("scheduled_start_at")
    .executeTakeFirst();
