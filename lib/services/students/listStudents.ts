import { asPerson, becomeService, type Trx } from "#lib/platform/db.ts";
import { type Paged, toPaged } from "#lib/platform/paging.ts";
import { lessonsAhead, studentsOf } from "#lib/records/students/queries.ts";
import { standingFor } from "#lib/services/asking/standing.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { notFound } from "#lib/services/verb/errors.ts";
import { asId } from "#lib/services/verb/input.ts";
import { firstPage } from "#lib/services/verb/page.ts";
import { requireTutor } from "./addStudent.ts";
import type { TutorsAsk } from "./ask.ts";
import type { StudentView } from "./views.ts";

/** Whoever the tutor wrote down, and whoever ever asked them for a lesson, by name. */
export async function listStudents(
  ctx: Context,
  tutor: Person,
  page = firstPage,
): Promise<Paged<StudentView>> {
  requireTutor(tutor);
  const views = await asPerson(ctx.db, { personId: tutor.id }, async (trx) => {
    const rows = await studentsOf(trx, tutor.id, page);
    const ahead = new Map(
      (await lessonsAhead(trx, tutor.id, ctx.clock())).map((row) => [row.student_id, row]),
    );
    // Addresses are where people's own role reads nothing.
    await becomeService(trx);
    const found: StudentView[] = [];
    for (const row of rows) {
      const lessons = ahead.get(row.id);
      found.push({
        id: row.id,
        name: row.name,
        timeZone: row.time_zone,
        note: row.note,
        hasAccount: row.has_account,
        isWrittenDown: row.tutor_id !== null,
        address: row.has_account ? null : await addressOf(ctx, trx, tutor, row.id, "student"),
        guardian: await addressOf(ctx, trx, tutor, row.id, "tutors_guardian"),
        lessonsAhead: Number(lessons?.count ?? 0),
        nextStartAt: lessons?.next.toISOString() ?? null,
      });
    }
    return found;
  });
  return toPaged(page, views, ({ name, id }) => ({ by: name, id }));
}

/** @throws Refusal `not_found` */
export async function getStudent(
  ctx: Context,
  tutor: Person,
  studentId: string,
): Promise<StudentView> {
  const id = asId(studentId, "student");
  const { items } = await listStudents(ctx, tutor, { limit: 10_000, after: null });
  const found = items.find((one) => one.id === id);
  if (!found) throw notFound("student");
  return found;
}

async function addressOf(
  ctx: Context,
  trx: Trx,
  tutor: Person,
  studentId: string,
  kind: TutorsAsk,
): Promise<StudentView["address"]> {
  const found = await standingFor(ctx, trx, { askerId: tutor.id, kind, studentId });
  return found && { email: found.email, standing: found.view };
}
