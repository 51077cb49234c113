/** An account takes the place of a person without one: all that hangs on the former hangs on the latter afterwards. */
import { sql } from "kysely";
import type { Trx } from "#lib/platform/db.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import { insertUnsigned } from "#lib/records/students/queries.ts";

export interface Places {
  /** Whose student it is: somebody without an account has one tutor. */
  tutorId: string;
  from: string;
  to: string;
}

/**
 * Lessons with their bookings, who joined, what was said and noted, what is in the outbox, and what the tutor wrote down. Where
 * the tutor knows both, what they wrote of the latter stays, and notes are put together. Call it under the asker's lock, when of two asks of a kind one has ended.
 * @returns whether links of the tutor's guardian that were valid no longer are
 */
export async function takePlace(
  trx: Trx,
  { tutorId, from, to }: Places,
  now: Date,
): Promise<{ hasEndedLinks: boolean }> {
  await lockTutor(trx, tutorId);
  // Whoever joins by a lesson's door waits for the lesson before they need the person.
  await sql`select from sessions where student_id = ${from} order by id for update`.execute(trx);
  // What begins to hang on the former waits from now on, and is seen below if it came before.
  await trx.selectFrom("people").select("id").where("id", "=", from).forUpdate().execute();
  const { rows } = await sql<{ guardian_links: number }>`
    select guardian_links from tutor_students where tutor_id = ${tutorId} and student_id in (${from}, ${to})
     order by student_id for update`.execute(trx);
  const statements = [
    sql`update tutor_students new set ended_at = null,
        note = case when new.note = old.note then new.note
          else nullif(left(concat_ws(E'\\n', new.note, old.note), 2000), '') end,
        guardian_links = greatest(new.guardian_links, old.guardian_links),
        guardian_links_raised_at = case when new.guardian_links = old.guardian_links
          then new.guardian_links_raised_at else ${now} end
      from tutor_students old where new.tutor_id = ${tutorId} and old.tutor_id = ${tutorId}
        and new.student_id = ${to} and old.student_id = ${from}`,
    sql`delete from tutor_students old where tutor_id = ${tutorId} and student_id = ${from}
      and exists (select from tutor_students new where new.tutor_id = ${tutorId} and new.student_id = ${to})`,
    sql`update tutor_students set student_id = ${to} where tutor_id = ${tutorId} and student_id = ${from}`,
    sql`update tutor_students set former_id = ${from} where tutor_id = ${tutorId} and student_id = ${to}`,
    sql`update bookings set student_id = ${to} where student_id = ${from}`,
    sql`update sessions set student_id = ${to} where student_id = ${from}`,
    sql`update session_joins set person_id = ${to} where person_id = ${from}`,
    sql`update lesson_messages set person_id = ${to} where person_id = ${from}`,
    sql`update change_requests set student_id = ${to} where student_id = ${from}`,
    sql`update notes set person_id = ${to} where person_id = ${from}`,
    sql`update mails set person_id = ${to} where person_id = ${from}`,
    sql`update private.asks set student_id = ${to} where student_id = ${from}`,
  ];
  for (const statement of statements) await statement.execute(trx);
  await dropUnsigned(trx, from);
  return { hasEndedLinks: new Set(rows.map((row) => row.guardian_links)).size > 1 };
}

/** An account goes, and the tutors who wrote its owner down keep that, and the guardians whom they gave. */
export async function leaveUnsigned(trx: Trx, personId: string): Promise<void> {
  const { rows } = await sql<{ tutor_id: string; own: string; created_at: Date }>`
    select tutor_id, gen_random_uuid() as own, created_at from tutor_students
     where student_id = ${personId} and ended_at is null order by tutor_id`.execute(trx);
  for (const { tutor_id: tutorId, own, created_at: since } of rows) {
    await insertUnsigned(trx, own, since);
    await sql`update private.asks set student_id = ${own}
      where student_id = ${personId} and asker_id = ${tutorId} and kind = 'tutors_guardian'`.execute(
      trx,
    );
    await sql`update tutor_students set student_id = ${own}, former_id = ${personId}
      where student_id = ${personId} and tutor_id = ${tutorId}`.execute(trx);
  }
}

/** Somebody without an account whom nobody knows any more. In two statements: what comes while it waits is seen. */
export async function dropUnsigned(trx: Trx, id: string): Promise<void> {
  await trx.selectFrom("people").select("id").where("id", "=", id).forUpdate().execute();
  await sql`delete from people p where p.id = ${id} and not p.has_account
    and not exists (select from tutor_students ts where ts.student_id = p.id)
    and not exists (select from bookings b where b.student_id = p.id)`.execute(trx);
}
