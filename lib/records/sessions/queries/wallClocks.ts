import type { Queryable } from "#lib/platform/db.ts";
import { openStatuses } from "#lib/records/sessions/rules.ts";
import { withPeople } from "../queries.ts";

/** The lessons ahead whose wall clock is known, soonest first; all tutors' if none is named. */
export const lessonsByWallClock = (q: Queryable, now: Date, tutorId: string | null) =>
  withPeople(q)
    .where("s.status", "in", openStatuses)
    .where("s.scheduled_start_at", ">=", now)
    .where("s.starts_local", "is not", null)
    .$if(tutorId !== null, (query) => query.where("s.tutor_id", "=", tutorId ?? ""))
    .orderBy("s.scheduled_start_at")
    .orderBy("s.id")
    .execute();
