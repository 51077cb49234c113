/** One person takes another's place: all that hangs on the former hangs on the latter afterwards. */
import { sql } from "kysely";
import type { Trx } from "#lib/platform/db.ts";

export interface Places {
  /** Somebody without an account. */
  from: string;
  to: string;
  /** Whose lessons go over; null: everybody's. */
  tutorId: string | null;
}

/** Whoever adds lessons for the former, or renames them, waits until this transaction ends. */
export const lockPlaces = (trx: Trx, { from, tutorId }: Places) =>
  trx
    .selectFrom("tutor_students")
    .select("tutor_id")
    .where("student_id", "=", from)
    .$if(tutorId !== null, (query) => query.where("tutor_id", "=", tutorId))
    .orderBy("tutor_id")
    .forUpdate()
    .execute();

/**
 * Lessons with their bookings, who joined, what was noted, what is in the outbox, and what tutors wrote down. Where a tutor
 * knows both, what they wrote of the latter stays.
 */
export async function takePlace(trx: Trx, { from, to, tutorId }: Places): Promise<void> {
  const own = sql`(${tutorId}::uuid is null or tutor_id = ${tutorId}::uuid)`;
  const ofLesson = sql`(${tutorId}::uuid is null
    or session_id in (select id from sessions where tutor_id = ${tutorId}::uuid))`;
  const statements = [
    sql`update tutor_students new set note = coalesce(new.note, old.note) from tutor_students old
      where new.student_id = ${to} and old.student_id = ${from} and old.tutor_id = new.tutor_id
        and (${tutorId}::uuid is null or old.tutor_id = ${tutorId}::uuid)`,
    sql`delete from tutor_students old where student_id = ${from} and ${own}
      and exists (select from tutor_students new where new.student_id = ${to} and new.tutor_id = old.tutor_id)`,
    sql`update tutor_students set student_id = ${to} where student_id = ${from} and ${own}`,
    sql`update bookings set student_id = ${to} where student_id = ${from} and ${own}`,
    sql`update sessions set student_id = ${to} where student_id = ${from} and ${own}`,
    sql`update session_joins set person_id = ${to} where person_id = ${from} and ${ofLesson}`,
    sql`update lesson_messages set person_id = ${to} where person_id = ${from} and ${ofLesson}`,
    sql`update change_requests set student_id = ${to} where student_id = ${from} and ${own}`,
    sql`update notes set person_id = ${to} where person_id = ${from} and ${ofLesson}`,
    sql`update mails set person_id = ${to} where person_id = ${from} and (${tutorId}::uuid is null or exists
      (select from private.mail_lessons l join sessions s on s.id = l.session_id
        where l.mail_id = mails.id and s.tutor_id = ${tutorId}::uuid))`,
    sql`update private.asks old set student_id = ${to}
      where student_id = ${from} and (${tutorId}::uuid is null or asker_id = ${tutorId}::uuid)
        and not (ended_at is null and exists (select from private.asks new where new.student_id = ${to}
          and new.asker_id = old.asker_id and new.kind = old.kind and new.ended_at is null))`,
  ];
  for (const statement of statements) await statement.execute(trx);
}

/** Somebody without an account whom nobody knows any more. @returns whether they are gone */
export async function dropUnsigned(trx: Trx, id: string): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom("people as p")
    .where("p.id", "=", id)
    .where("p.has_account", "=", false)
    .where((eb) =>
      eb.and([
        eb.not(
          eb.exists(
            eb
              .selectFrom("tutor_students as ts")
              .select("ts.student_id")
              .whereRef("ts.student_id", "=", "p.id"),
          ),
        ),
        eb.not(
          eb.exists(
            eb.selectFrom("bookings as b").select("b.id").whereRef("b.student_id", "=", "p.id"),
          ),
        ),
      ]),
    )
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}
