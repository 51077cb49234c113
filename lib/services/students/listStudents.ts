import { asPerson, asService, becomeService, type Trx } from "#lib/platform/db.ts";
import { type Paged, toPaged } from "#lib/platform/paging.ts";
import {
  type ListedStudent,
  lessonsAhead,
  studentOf,
  studentsOf,
  successorOf,
} from "#lib/records/students/queries.ts";
import { type ShownAsk, standingsOf } from "#lib/services/asking/standing.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { notFound } from "#lib/services/verb/errors.ts";
import { asId, id } from "#lib/services/verb/input.ts";
import { firstPage } from "#lib/services/verb/page.ts";
import { requireTutor } from "./addStudent.ts";
import type { StudentView } from "./views.ts";

/** Whoever the tutor wrote down, and whoever ever asked them for a lesson, by name. */
export async function listStudents(
  ctx: Context,
  tutor: Person,
  page = firstPage,
): Promise<Paged<StudentView>> {
  const views = await read(ctx, tutor, (trx) => studentsOf(trx, tutor.id, page));
  return toPaged(page, views, ({ name, id }) => ({ by: name, id }));
}

/** @throws Refusal `not_found` */
export async function getStudent(
  ctx: Context,
  tutor: Person,
  studentId: string,
): Promise<StudentView> {
  const pair = { tutorId: tutor.id, studentId: asId(studentId, "student") };
  const [found] = await read(ctx, tutor, (trx) => studentOf(trx, pair));
  if (!found) throw notFound("student");
  return found;
}

/**
 * A page may be open under the id that a student had before they took it up with an account of their own.
 * @returns their id now; null: nobody's
 */
export async function presentId(
  ctx: Context,
  tutor: Person,
  formerId: string,
): Promise<string | null> {
  if (!id.safeParse(formerId).success) return null;
  const pair = { tutorId: tutor.id, studentId: formerId };
  const row = await asService(ctx.db, (trx) => successorOf(trx, pair));
  return row?.student_id ?? null;
}

function read(
  ctx: Context,
  tutor: Person,
  find: (trx: Trx) => Promise<ListedStudent[]>,
): Promise<StudentView[]> {
  requireTutor(tutor);
  return asPerson(ctx.db, { personId: tutor.id }, async (trx) => {
    const rows = await find(trx);
    const ahead = new Map(
      (await lessonsAhead(trx, tutor.id, ctx.clock())).map((row) => [row.student_id, row]),
    );
    // Addresses are where people's own role reads nothing.
    await becomeService(trx);
    const standing = await standingsOf(ctx, trx, tutor.id);
    return rows.map((row) => {
      const lessons = ahead.get(row.id);
      const of = { studentId: row.id };
      return {
        id: row.id,
        name: row.name,
        timeZone: row.time_zone,
        note: row.note,
        hasAccount: row.has_account,
        isWrittenDown: row.tutor_id !== null,
        address: row.has_account ? null : addressOf(standing({ ...of, kind: "student" })),
        guardian: addressOf(standing({ ...of, kind: "tutors_guardian" })),
        lessonsAhead: Number(lessons?.count ?? 0),
        nextStartAt: lessons?.next.toISOString() ?? null,
      };
    });
  });
}

const addressOf = (ask: ShownAsk | null): StudentView["address"] =>
  ask && { email: ask.email, standing: ask.view };
