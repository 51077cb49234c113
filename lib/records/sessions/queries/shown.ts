/** What a page of lessons shows at once. Row-level security is the only filter for whose they are. */
import type { Queryable } from "#lib/platform/db.ts";
import { type SessionWithPeople, withPeople } from "#lib/records/sessions/queries.ts";

/** Those that end after the instant, soonest first. */
export const lessonsFrom = (
  q: Queryable,
  from: Date,
  limit: number,
): Promise<SessionWithPeople[]> =>
  withPeople(q)
    .where("s.scheduled_end_at", ">", from)
    .orderBy("s.scheduled_start_at")
    .orderBy("s.id")
    .limit(limit)
    .execute();

/** Those that have ended by the instant, the last one first. */
export const lessonsUntil = (
  q: Queryable,
  until: Date,
  limit: number,
): Promise<SessionWithPeople[]> =>
  withPeople(q)
    .where("s.scheduled_end_at", "<=", until)
    .orderBy("s.scheduled_start_at", "desc")
    .orderBy("s.id", "desc")
    .limit(limit)
    .execute();

export const lessonsBetween = (q: Queryable, from: Date, to: Date): Promise<SessionWithPeople[]> =>
  withPeople(q)
    .where("s.scheduled_end_at", ">", from)
    .where("s.scheduled_start_at", "<", to)
    .execute();
