import { asService, type Trx } from "#lib/platform/db.ts";
import { insertStudent, insertUnsigned, isGivenBy } from "#lib/records/students/queries.ts";
import { lockAsks } from "#lib/services/asking/ask.ts";
import { admit } from "#lib/services/verb/admit.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { Refusal, requireConfirmed } from "#lib/services/verb/errors.ts";
import { parseInput } from "#lib/services/verb/input.ts";
import { askFor } from "./ask.ts";
import { studentInput } from "./input.ts";

/**
 * A tutor writes down somebody who needs no account. Their addresses are asked by mail; until they agree, the tutor can hand
 * the links over another way.
 * @throws Refusal `invalid_input` with the field at fault, `wrong_state` for an address that another student of this
 *   tutor has
 */
export async function addStudent(
  ctx: Context,
  tutor: Person,
  body: unknown,
): Promise<{ id: string }> {
  requireTutor(tutor);
  const { name, timeZone, email, guardianEmail, note } = parseInput(studentInput, body);
  if (email !== null || guardianEmail !== null) requireConfirmed(tutor);
  refuseAddresses(tutor, { email, guardianEmail });
  return asService(ctx.db, async (trx) => {
    await admit(ctx, trx, "students", tutor.id);
    const now = ctx.clock();
    await lockAsks(ctx, trx, tutor.id, [email, guardianEmail]);
    if (email !== null) await refuseGiven(trx, tutor, email);
    const studentId = ctx.newId();
    await insertUnsigned(trx, studentId, now);
    await insertStudent(trx, {
      tutor_id: tutor.id,
      student_id: studentId,
      name,
      time_zone: timeZone,
      language: tutor.language,
      note,
      created_at: now,
      updated_at: now,
    });
    if (guardianEmail) {
      await askFor(ctx, trx, tutor, { studentId, kind: "tutors_guardian", email: guardianEmail });
    }
    if (email === null) return { id: studentId };
    return { id: await askFor(ctx, trx, tutor, { studentId, kind: "student", email }) };
  });
}

export function requireTutor(person: Person): void {
  if (person.role === "student") throw new Refusal("not_allowed", "onlyFor.tutor");
}

/** @throws Refusal `wrong_state` where this tutor has given the address for another student */
export async function refuseGiven(trx: Trx, { id: tutorId }: Person, email: string): Promise<void> {
  if (await isGivenBy(trx, { tutorId, email })) {
    throw new Refusal("wrong_state", "studentHasAddress", { field: "email" });
  }
}

interface Addresses {
  email?: string | null | undefined;
  guardianEmail?: string | null | undefined;
}

export function refuseAddresses(tutor: Person, { email, guardianEmail }: Addresses): void {
  for (const [field, address] of Object.entries({ email, guardianEmail })) {
    if (address && address === tutor.email.toLowerCase()) {
      throw new Refusal("invalid_input", "ownAddress", { field });
    }
  }
  if (email && email === guardianEmail) {
    throw new Refusal("invalid_input", "sameAddressTwice", { field: "guardianEmail" });
  }
}
