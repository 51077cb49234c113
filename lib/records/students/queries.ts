/** A tutor's students, as that tutor wrote them down. */
import { type Insertable, sql, type Updateable } from "kysely";
import type { TutorStudents } from "#lib/platform/database.types.ts";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import { onPage, type Page } from "#lib/platform/paging.ts";
import type { Ask } from "#lib/records/asking/rules.ts";
import { openStatuses } from "#lib/records/sessions/rules.ts";

export interface Pair {
  tutorId: string;
  studentId: string;
}

/** How a tutor knows somebody, whether they wrote them down or the student came by themselves. Runs as the tutor. */
const asTutorKnowsThem = (q: Queryable) =>
  q
    .selectFrom("people as p")
    .leftJoin("tutor_students as ts", "ts.student_id", "p.id")
    .select(["p.id", "p.has_account", "ts.tutor_id", "ts.note", "ts.created_at"])
    .select([nameOfStudent.as("name"), zoneOfStudent.as("time_zone")]);

/** As their tutor calls them; a tutor alone sees that. For statements in which `p` is the student. */
export const nameOfStudent = sql<string>`coalesce(ts.name, p.name)`;

/** Whoever has an account says themselves where they live. For statements in which `p` is the student. */
export const zoneOfStudent = sql<string>`case when p.has_account then p.time_zone
  else coalesce(ts.time_zone, p.time_zone) end`;

/** What a mail or a door has to know of whom it speaks to. Undefined for somebody who is gone. */
export const readerIn = (q: Queryable, { tutorId, studentId }: Pair) =>
  q
    .selectFrom("people as p")
    .leftJoin("tutor_students as ts", (join) =>
      join.onRef("ts.student_id", "=", "p.id").on("ts.tutor_id", "=", tutorId),
    )
    .select(["p.has_account", "p.confirmed_at", "p.name as own_name", "p.clock_hours"])
    .select([
      nameOfStudent.as("name"),
      zoneOfStudent.as("time_zone"),
      sql<string>`case when p.has_account then p.language
        else coalesce(ts.language, p.language) end`.as("language"),
    ])
    .where("p.id", "=", studentId)
    .executeTakeFirst();

/** Written down, or of a booking. Runs as the tutor. */
const listed = (q: Queryable, tutorId: string) =>
  asTutorKnowsThem(q).where((eb) =>
    eb.or([
      eb.and([eb("ts.tutor_id", "=", tutorId), eb("ts.ended_at", "is", null)]),
      eb.and([
        eb("ts.tutor_id", "is", null),
        eb.exists(
          eb
            .selectFrom("bookings as b")
            .select("b.id")
            .where("b.tutor_id", "=", tutorId)
            .whereRef("b.student_id", "=", "p.id"),
        ),
      ]),
    ]),
  );

/** By name; one more than the page holds. */
export const studentsOf = (q: Queryable, tutorId: string, page: Page) =>
  onPage(listed(q, tutorId), page, {
    by: nameOfStudent,
    id: sql.ref("p.id"),
    direction: "asc",
  }).execute();

export type ListedStudent = Awaited<ReturnType<typeof studentsOf>>[number];

export const studentOf = (q: Queryable, { tutorId, studentId }: Pair): Promise<ListedStudent[]> =>
  listed(q, tutorId).where("p.id", "=", studentId).execute();

/** Who has taken the place of a person without an account. */
export const successorOf = (q: Queryable, { tutorId, studentId }: Pair) =>
  q
    .selectFrom("tutor_students")
    .select("student_id")
    .where("tutor_id", "=", tutorId)
    .where("former_id", "=", studentId)
    .executeTakeFirst();

/** Somebody who was taken off the list comes back with what is written now. */
export const insertStudent = (trx: Trx, row: Insertable<TutorStudents>) =>
  trx
    .insertInto("tutor_students")
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(["tutor_id", "student_id"]).doUpdateSet({ ...row, ended_at: null }),
    )
    .execute();

/** Locks it, so that nobody else takes the student's place before the transaction ends. */
export const lockStudent = (trx: Trx, { tutorId, studentId }: Pair) =>
  trx
    .selectFrom("tutor_students")
    .selectAll()
    .where("tutor_id", "=", tutorId)
    .where("student_id", "=", studentId)
    .where("ended_at", "is", null)
    .forUpdate()
    .executeTakeFirst();

export const updateStudent = (
  trx: Trx,
  { tutorId, studentId }: Pair,
  change: Updateable<TutorStudents>,
) =>
  trx
    .updateTable("tutor_students")
    .set(change)
    .where("tutor_id", "=", tutorId)
    .where("student_id", "=", studentId)
    .execute();

/** Forgets everything but the name, and that too where there never was a lesson. */
export async function endStudent(trx: Trx, pair: Pair, now: Date): Promise<void> {
  const { tutorId, studentId } = pair;
  await updateStudent(trx, pair, { note: null, ended_at: now, updated_at: now });
  await trx
    .deleteFrom("tutor_students as ts")
    .where("tutor_id", "=", tutorId)
    .where("student_id", "=", studentId)
    .where(
      sql<boolean>`not exists (select from bookings b
        where b.tutor_id = ${tutorId} and b.student_id = ${studentId})`,
    )
    .execute();
}

/** As `readerIn`, for whoever is on this tutor's list. */
export async function knownTo(q: Queryable, pair: Pair) {
  const reader = await readerIn(q, pair);
  const { rows } = await sql<{ known: boolean }>`
    select exists (select from tutor_students where tutor_id = ${pair.tutorId}
        and student_id = ${pair.studentId} and ended_at is null)
      or exists (select from bookings where tutor_id = ${pair.tutorId}
        and student_id = ${pair.studentId}) as known`.execute(q);
  return rows[0]?.known ? reader : undefined;
}

/** A person that nobody signs in as; what they are called is each tutor's to say. */
export const insertUnsigned = (trx: Trx, id: string, now: Date) =>
  trx
    .insertInto("people")
    .values({
      id,
      name: "Student",
      role: "student",
      time_zone: "UTC",
      has_account: false,
      created_at: now,
      updated_at: now,
    })
    .execute();

/** Asks of tutors about somebody without an account, whom they know by this address. */
export const unsignedAsks = (q: Queryable, email: string): Promise<Ask[]> =>
  q
    .selectFrom("private.asks as a")
    .innerJoin("people as p", "p.id", "a.student_id")
    .selectAll("a")
    .where("a.kind", "=", "student")
    .where("a.email", "=", email)
    .where("a.ended_at", "is", null)
    .where("p.has_account", "=", false)
    .orderBy("a.asker_id")
    .orderBy("a.id")
    .execute();

/** Whether this tutor gave the address for a student without an account. */
export const isGivenBy = async (
  q: Queryable,
  { tutorId, email }: { tutorId: string; email: string },
): Promise<boolean> =>
  (await unsignedAsks(q, email)).some(({ asker_id: askerId }) => askerId === tutorId);

/** Whoever has lessons is on the list again. */
export const backOnList = (trx: Trx, { tutorId, studentId }: Pair) =>
  trx
    .updateTable("tutor_students")
    .set({ ended_at: null })
    .where("tutor_id", "=", tutorId)
    .where("student_id", "=", studentId)
    .where("ended_at", "is not", null)
    .execute();

/** By student: how many lessons of this tutor are ahead, and when the next one starts. */
export const lessonsAhead = (q: Queryable, tutorId: string, now: Date) =>
  q
    .selectFrom("sessions")
    .select((eb) => [
      "student_id",
      eb.fn.countAll<number>().as("count"),
      eb.fn.min("scheduled_start_at").as("next"),
    ])
    .where("tutor_id", "=", tutorId)
    .where("status", "in", openStatuses)
    .where("scheduled_end_at", ">", now)
    .groupBy("student_id")
    .execute();
