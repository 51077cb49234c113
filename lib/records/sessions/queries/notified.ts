/** Where lessons happen, and where their people were last notified that they happen. */
import { sql } from "kysely";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import { withPeople } from "#lib/records/sessions/queries.ts";
import { openStatuses, type Side } from "#lib/records/sessions/rules.ts";

const columns = { student: "student_notified_provider", tutor: "tutor_notified_provider" } as const;

/** Open lessons still to come that don't happen where this side was last notified, soonest first. */
export const lessonsWithNews = (q: Queryable, side: Side, of: { tutorId: string; now: Date }) =>
  withPeople(q)
    .where("s.tutor_id", "=", of.tutorId)
    .where("s.status", "in", openStatuses)
    .where("s.scheduled_start_at", ">", of.now)
    .where("s.provider", "is not", null)
    .whereRef("s.provider", "is distinct from", `s.${columns[side]}`)
    .orderBy("s.scheduled_start_at")
    .orderBy("s.id")
    .execute();

/** Tutors with lessons that somebody may have to be notified about. */
export async function tutorsWithNews(q: Queryable, now: Date): Promise<string[]> {
  const digests = q
    .selectFrom("sessions as s")
    .select("s.tutor_id")
    .where("s.status", "in", openStatuses)
    .where("s.scheduled_start_at", ">", now)
    .where("s.provider", "is not", null)
    .where((eb) =>
      eb.or([
        eb("s.provider", "is distinct from", eb.ref("s.student_notified_provider")),
        eb("s.provider", "is distinct from", eb.ref("s.tutor_notified_provider")),
      ]),
    );
  const entrants = inRoomsLeft(q, now).select("s.tutor_id");
  const rows = await digests.union(entrants).execute();
  return rows.map((row) => row.tutor_id);
}

/**
 * Fenced: the result says whether this caller is the one who notifies. Raises the sequence number of the
 * calendar entry.
 * @returns false where another worker has notified this side meanwhile, or the lesson has moved again
 */
export async function markNotified(
  trx: Trx,
  side: Side,
  lesson: { id: string; provider: ProviderId },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("sessions")
    .set((eb) => ({
      [columns[side]]: lesson.provider,
      calendar_sequence: eb("calendar_sequence", "+", 1),
    }))
    .where("id", "=", lesson.id)
    .where("provider", "=", lesson.provider)
    .where(columns[side], "is distinct from", lesson.provider)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Students of the tutor with lessons that a migration is about to move. */
export async function studentsBeingMoved(q: Queryable, tutorId: string): Promise<Set<string>> {
  const rows = await q
    .selectFrom("migration_sessions as ms")
    .innerJoin("migrations as m", "m.id", "ms.migration_id")
    .innerJoin("sessions as s", "s.id", "ms.session_id")
    .select("s.student_id")
    .distinct()
    .where("m.tutor_id", "=", tutorId)
    .where("m.status", "=", "running")
    .where("ms.state", "in", ["pending", "moving"])
    .execute();
  return new Set(rows.map((row) => row.student_id));
}

/** Joins of people who joined a room that the lesson has since left, and who haven't joined the new one. */
const inRoomsLeft = (q: Queryable, now: Date) =>
  q
    .selectFrom("session_joins as j")
    .innerJoin("sessions as s", "s.id", "j.session_id")
    .where("s.status", "=", "JOIN_OPEN")
    .where("s.scheduled_end_at", ">", now)
    .where("j.notified_at", "is", null)
    .whereRef("j.meeting_id", "<>", "s.meeting_id")
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("session_joins as later")
            .select("later.id")
            .whereRef("later.session_id", "=", "j.session_id")
            .whereRef("later.person_id", "=", "j.person_id")
            .whereRef("later.meeting_id", "=", "s.meeting_id")
            .whereRef("later.joined_at", ">=", "j.joined_at"),
        ),
      ),
    );

/** People who joined a room that their lesson has since left. */
export const peopleInRoomsLeft = (q: Queryable, of: { tutorId: string; now: Date }) =>
  inRoomsLeft(q, of.now)
    .innerJoin("meetings as m", "m.id", "j.meeting_id")
    .select(["j.session_id", "j.person_id"])
    .select((eb) => [
      eb.fn.max("m.provider").as("from_provider"),
      sql<boolean>`bool_or(not j.as_guardian)`.as("themselves"),
      sql<boolean>`bool_or(j.as_guardian)`.as("guardian"),
    ])
    .where("s.tutor_id", "=", of.tutorId)
    .groupBy(["j.session_id", "j.person_id"])
    .execute();

/** All of the person's joins so far, except those into the current room. */
export const markJoinsNotified = (
  trx: Trx,
  who: { session_id: string; person_id: string },
  now: Date,
) =>
  trx
    .updateTable("session_joins as j")
    .from("sessions as s")
    .set({ notified_at: now })
    .where("j.session_id", "=", who.session_id)
    .where("j.person_id", "=", who.person_id)
    .where("j.notified_at", "is", null)
    .whereRef("s.id", "=", "j.session_id")
    .whereRef("j.meeting_id", "<>", "s.meeting_id")
    .execute();
