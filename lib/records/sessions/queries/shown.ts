/** What a page of lessons shows at once. Row-level security is the only filter for whose they are. */
import { sql } from "kysely";
import type { Queryable } from "#lib/platform/db.ts";
import { type SessionWithPeople, withPeople } from "#lib/records/sessions/queries.ts";
import { openStatuses } from "#lib/records/sessions/rules.ts";

/** A part of a long list. It holds whole days by UTC, so the list can go on with a day and shows nothing twice. */
export interface Part {
  lessons: SessionWithPeople[];
  /** When the next lesson behind them starts; null where there is none. */
  next: Date | null;
}

interface From {
  now: Date;
  /** The lessons that start then or later; null for all of them. */
  from: Date | null;
  /** This many, and the rest of the last one's day. */
  least: number;
}

/** The open lessons that end after now, soonest first: all that can still take place. */
export const lessonsAhead = (q: Queryable, { now, from, least }: From): Promise<Part> =>
  wholeDays(
    withPeople(q)
      .where("s.status", "in", openStatuses)
      .where("s.scheduled_end_at", ">", now)
      .$if(from !== null, (query) => query.where("s.scheduled_start_at", ">=", from ?? now)),
    { direction: "asc", least },
  );

interface Before {
  now: Date;
  /** The lessons that start earlier than this; null for all of them. */
  before: Date | null;
  least: number;
}

/** All other lessons, the latest first: ended, or not open any more, also if they would begin years from now. */
export const lessonsOver = (q: Queryable, { now, before, least }: Before): Promise<Part> =>
  wholeDays(
    withPeople(q)
      .where((eb) =>
        eb.or([eb("s.status", "not in", openStatuses), eb("s.scheduled_end_at", "<=", now)]),
      )
      .$if(before !== null, (query) => query.where("s.scheduled_start_at", "<", before ?? now)),
    { direction: "desc", least },
  );

async function wholeDays(
  query: ReturnType<typeof withPeople>,
  { direction, least }: { direction: "asc" | "desc"; least: number },
): Promise<Part> {
  const day = sql<Date>`date_trunc('day', s.scheduled_start_at, 'UTC')`;
  const lessons = await query
    .select(day.as("day"))
    .orderBy("day", direction)
    .fetch(least, "with ties")
    .execute();
  const last = lessons.at(-1)?.day;
  if (!last || lessons.length < least) return { lessons, next: null };
  const behind = await query
    .where(day, direction === "asc" ? ">" : "<", last)
    .orderBy("s.scheduled_start_at", direction)
    .limit(1)
    .executeTakeFirst();
  return { lessons, next: behind?.scheduled_start_at ?? null };
}

export const lessonsBetween = (q: Queryable, from: Date, to: Date): Promise<SessionWithPeople[]> =>
  withPeople(q)
    .where("s.scheduled_end_at", ">", from)
    .where("s.scheduled_start_at", "<", to)
    .execute();
