/** A tutor enters lessons for one of their students, once or weekly; nobody has to accept them. */
import { z } from "zod";
import { asService } from "#lib/platform/db.ts";
import { wallClockColumns } from "#lib/platform/zones/wallClock.ts";
import { insertBooking } from "#lib/records/bookings/queries.ts";
import { keepPerson, lockTutor } from "#lib/records/people/queries.ts";
import { knownTo, lockStudent } from "#lib/records/students/queries.ts";
import { mailBookingAccepted } from "#lib/services/telling/bookingMails.ts";
import { admit } from "#lib/services/verb/admit.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { notFound, Refusal, requireConfirmed } from "#lib/services/verb/errors.ts";
import { asId, parseInput } from "#lib/services/verb/input.ts";
import { hasOneStart, refuseUnlessAhead, startOf, zoneNamed } from "#lib/services/verb/start.ts";
import { makeLessons } from "./makeLessons.ts";
import { lessonFields } from "./requestBooking.ts";

export const lessonsInput = z.object(lessonFields).superRefine(hasOneStart);

/**
 * Works without a connection, too: then the rooms follow when the tutor connects.
 * @returns the ids of booking and lessons, soonest first
 * @throws Refusal `not_found`, `in_the_past`, `invalid_input` with the field at fault, `overlap`
 */
export async function addLessons(
  ctx: Context,
  tutor: Person,
  studentId: string,
  body: unknown,
): Promise<{ id: string; sessionIds: string[] }> {
  if (tutor.role === "student") throw new Refusal("not_allowed", "onlyFor.tutor");
  requireConfirmed(tutor);
  const wish = parseInput(lessonsInput, body);
  const now = ctx.clock();
  const start = startOf(ctx, wish);
  refuseUnlessAhead(ctx, start);
  const { at: first, field } = start;
  const zone = zoneNamed(ctx, wish.timeZone);
  const pair = { tutorId: tutor.id, studentId: asId(studentId, "student") };
  return asService(ctx.db, async (trx) => {
    await lockTutor(trx, tutor.id);
    // Whoever takes the student's place at this moment is waited for.
    await lockStudent(trx, pair);
    const student = (await keepPerson(trx, pair.studentId)) && (await knownTo(trx, pair));
    if (!student) throw notFound("student");
    await admit(ctx, trx, "lessonsAdded", tutor.id);
    const booking = await insertBooking(trx, {
      id: ctx.newId(),
      tutor_id: tutor.id,
      student_id: pair.studentId,
      subject: wish.subject,
      starts_at: first,
      ...wallClockColumns(first, zone),
      duration_minutes: wish.durationMinutes,
      time_zone: wish.timeZone,
      repeat_weekly: wish.repeatWeekly,
      status: "accepted",
      origin: "tutor",
      decided_at: now,
      created_at: now,
      updated_at: now,
    });
    const sessionIds = await makeLessons(ctx, trx, booking, { first, zone, field });
    await mailBookingAccepted(ctx, trx, booking.id, sessionIds);
    await ctx.nudge(trx, tutor.id);
    return { id: booking.id, sessionIds };
  });
}
