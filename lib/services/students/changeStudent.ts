import { asService, type Trx } from "#lib/platform/db.ts";
import { currentAsk, lockAsker } from "#lib/records/asking/queries/asks.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import { dropUnsigned } from "#lib/records/students/queries/places.ts";
import {
  endStudent,
  insertStudent,
  knownTo,
  lessonsAhead,
  lockStudent,
  type Pair,
  updateStudent,
} from "#lib/records/students/queries.ts";
import { lockAsks } from "#lib/services/asking/ask.ts";
import { admit } from "#lib/services/verb/admit.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { notFound, Refusal, requireConfirmed } from "#lib/services/verb/errors.ts";
import { asId, parseInput } from "#lib/services/verb/input.ts";
import { refuseAddresses, refuseGiven, requireTutor } from "./addStudent.ts";
import { askFor, askOnceMore, type TutorsAsk } from "./ask.ts";
import { againInput, studentChange } from "./input.ts";

const kinds = ["student", "tutors_guardian"] as const;

/**
 * What the tutor wrote down. Another address is another mailbox: what the former agreed to, and the links that it was sent, end.
 * @returns who the student is then: an account, if its owner has agreed to this tutor before
 * @throws Refusal `not_found`, `invalid_input` with the field at fault, `wrong_state`
 */
export async function changeStudent(
  ctx: Context,
  tutor: Person,
  studentId: string,
  body: unknown,
): Promise<{ id: string }> {
  requireTutor(tutor);
  const { email, guardianEmail, name, timeZone, note } = parseInput(studentChange, body);
  if (email || guardianEmail) requireConfirmed(tutor);
  refuseAddresses(tutor, { email, guardianEmail });
  return asService(ctx.db, async (trx) => {
    await admit(ctx, trx, "students", tutor.id);
    const pair = { tutorId: tutor.id, studentId: asId(studentId, "student") };
    const present = await lockAsksAbout(ctx, trx, pair, [email, guardianEmail]);
    const { hasAccount } = await writtenDown(ctx, trx, tutor, pair);
    await updateStudent(trx, pair, {
      updated_at: ctx.clock(),
      ...(name !== undefined && { name }),
      ...(timeZone !== undefined && !hasAccount && { time_zone: timeZone }),
      ...(note !== undefined && { note }),
    });
    if (email && hasAccount) {
      throw new Refusal("wrong_state", "studentHasAccount", { field: "email" });
    }
    const { studentId: id } = pair;
    refuseOther(present, { email, guardianEmail });
    if (guardianEmail !== undefined) {
      const kind = "tutors_guardian";
      await askFor(ctx, trx, tutor, { studentId: id, kind, email: guardianEmail });
    }
    if (email === undefined || hasAccount) return { id };
    if (email !== null && email !== present.email) await refuseGiven(trx, tutor, email);
    return { id: await askFor(ctx, trx, tutor, { studentId: id, kind: "student", email }) };
  });
}

/** The addresses of a student and of the guardian whom the tutor gave. */
interface Given {
  email: string | null;
  guardianEmail: string | null;
}

/** An address that stays where it was isn't the other one's as well. @throws Refusal `invalid_input` */
function refuseOther(present: Given, { email, guardianEmail }: Partial<Given>): void {
  const own = email === undefined ? present.email : email;
  const guardians = guardianEmail === undefined ? present.guardianEmail : guardianEmail;
  if (own === null || own !== guardians) return;
  const field = guardianEmail === undefined ? "email" : "guardianEmail";
  throw new Refusal("invalid_input", "sameAddressTwice", { field });
}

/** Whom the tutor hasn't written down came by a booking, and is now. Locks it. @throws Refusal `not_found` */
async function writtenDown(ctx: Context, trx: Trx, tutor: Person, pair: Pair) {
  const known = await knownTo(trx, pair);
  if (!known) throw notFound("student");
  if (!(await lockStudent(trx, pair))) {
    const now = ctx.clock();
    await insertStudent(trx, {
      tutor_id: pair.tutorId,
      student_id: pair.studentId,
      name: known.name,
      time_zone: known.time_zone,
      language: tutor.language,
      note: null,
      created_at: now,
      updated_at: now,
    });
  }
  return { hasAccount: known.has_account };
}

/** Also the mailboxes that are asked about the student at present. @returns those, which nobody else changes any more */
async function lockAsksAbout(
  ctx: Context,
  trx: Trx,
  { tutorId: askerId, studentId }: Pair,
  emails: readonly (string | null | undefined)[],
): Promise<Given> {
  await lockAsker(trx, askerId);
  const at = async (kind: TutorsAsk) =>
    (await currentAsk(trx, { askerId, kind, studentId }))?.email ?? null;
  const present = { email: await at("student"), guardianEmail: await at("tutors_guardian") };
  await lockAsks(ctx, trx, askerId, [...emails, present.email, present.guardianEmail]);
  return present;
}

/**
 * Has one of a student's addresses asked once more.
 * @throws Refusal `not_found`, `wrong_state` where nobody is to be asked, `too_many` before its time
 */
export const askStudentAgain = (
  ctx: Context,
  tutor: Person,
  studentId: string,
  body: unknown,
): Promise<void> =>
  asService(ctx.db, async (trx) => {
    requireTutor(tutor);
    const { kind } = parseInput(againInput, body);
    const pair = { tutorId: tutor.id, studentId: asId(studentId, "student") };
    await lockAsksAbout(ctx, trx, pair, []);
    if (!(await lockStudent(trx, pair))) throw notFound("student");
    await askOnceMore(ctx, trx, tutor, { studentId: pair.studentId, kind });
  });

/**
 * Takes a student off the tutor's list, with note and addresses. Lessons that are over stay.
 * @throws Refusal `not_found`, `wrong_state` while there are lessons ahead
 */
export const removeStudent = (ctx: Context, tutor: Person, studentId: string): Promise<void> =>
  asService(ctx.db, async (trx) => {
    requireTutor(tutor);
    const pair = { tutorId: tutor.id, studentId: asId(studentId, "student") };
    await lockAsksAbout(ctx, trx, pair, []);
    await lockTutor(trx, tutor.id);
    if (!(await lockStudent(trx, pair))) throw notFound("student");
    const ahead = await lessonsAhead(trx, tutor.id, ctx.clock());
    if (ahead.some((row) => row.student_id === pair.studentId)) {
      throw new Refusal("wrong_state", "studentHasLessons");
    }
    for (const kind of kinds) {
      await askFor(ctx, trx, tutor, { studentId: pair.studentId, kind, email: null });
    }
    await endStudent(trx, pair, ctx.clock());
    await dropUnsigned(trx, pair.studentId);
  });
