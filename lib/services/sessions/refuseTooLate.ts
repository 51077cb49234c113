import type { Trx } from "#lib/platform/db.ts";
import { tutorsNotice } from "#lib/records/people/queries.ts";
import { cancellableUntil, type Session } from "#lib/records/sessions/rules.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";

type Lesson = Pick<Session, "student_id" | "tutor_id" | "scheduled_start_at">;

/**
 * Students cancel until so many hours before a lesson's start as their tutor has set; tutors always can.
 * @param lessons of one booking, soonest first
 * @throws Refusal `too_late`, which says what to do instead
 */
export async function refuseTooLate(
  ctx: Context,
  trx: Trx,
  person: Person,
  [soonest, ...others]: Lesson[],
): Promise<void> {
  if (!soonest || soonest.student_id !== person.id) return;
  const { name, cancel_until_hours: hours } = await tutorsNotice(trx, soonest.tutor_id);
  if (ctx.clock() < cancellableUntil(soonest.scheduled_start_at, hours)) return;
  const key = others.length > 0 ? "tooLateForAll" : "tooLateToCancel";
  throw new Refusal("too_late", key, { tutor: name, hours });
}
