/** A student asks a tutor for a lesson, once or weekly. */
import { z } from "zod";
import { addMinutes } from "#lib/platform/clock.ts";
import { asService, type Trx } from "#lib/platform/db.ts";
import { wallClockColumns } from "#lib/platform/zones/wallClock.ts";
import { insertBooking, openRequests } from "#lib/records/bookings/queries.ts";
import {
  DURATION_MINUTES,
  isSameWish,
  lessonStarts,
  MAX_WEEKS,
} from "#lib/records/bookings/rules.ts";
import { keepPerson, personById } from "#lib/records/people/queries.ts";
import { overlapping } from "#lib/records/sessions/queries.ts";
import { mailBookingRequested } from "#lib/services/telling/bookingMails.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { notFound, overlap, Refusal, requireConfirmed } from "#lib/services/verb/errors.ts";
import { freeText, id, parseInput } from "#lib/services/verb/input.ts";
import { keepMessage, messageField } from "#lib/services/verb/message.ts";
import {
  hasOneStart,
  refuseUnlessAhead,
  startFields,
  startOf,
  zoneField,
  zoneNamed,
} from "#lib/services/verb/start.ts";
import { lockRequests, refuseTooMany } from "./refuseTooMany.ts";

/** What the lessons are to be, whoever enters them. */
export const lessonFields = {
  subject: freeText(200),
  ...startFields,
  durationMinutes: z
    .number()
    .int()
    .min(DURATION_MINUTES.min, "tooFewMinutes")
    .max(DURATION_MINUTES.max, "tooManyMinutes"),
  timeZone: zoneField,
  repeatWeekly: z.number().int().min(1).max(MAX_WEEKS, "tooManyWeeks").default(1),
};

export const bookingInput = z
  .object({
    tutorId: id,
    ...lessonFields,
    message: messageField,
  })
  .superRefine(hasOneStart);

/**
 * Asked for again while it is open, by a second press or a lost answer, it is the request that there is, and the
 * tutor gets no second mail.
 * @returns the booking's id
 */
export async function requestBooking(
  ctx: Context,
  student: Person,
  body: unknown,
): Promise<{ id: string }> {
  if (student.role !== "student") {
    throw new Refusal("not_allowed", "onlyStudentsBook");
  }
  requireConfirmed(student);
  const wish = parseInput(bookingInput, body);
  const now = ctx.clock();
  const start = startOf(ctx, wish);
  refuseUnlessAhead(ctx, start);
  const { at: first, field } = start;
  const zone = zoneNamed(ctx, wish.timeZone);
  return asService(ctx.db, async (trx) => {
    const tutor = (await keepPerson(trx, wish.tutorId)) && (await personById(trx, wish.tutorId));
    if (tutor?.role !== "tutor") throw notFound("tutor");
    if (!tutor.confirmed_at) throw new Refusal("address_unconfirmed", "tutorUnconfirmed");
    await lockRequests(trx, student.id);
    const open = await openRequests(trx, { studentId: student.id, tutorId: tutor.id });
    const same = open.find((booking) => isSameWish(booking, { ...wish, first }, zone));
    if (same) return { id: same.id };
    await refuseTooMany(ctx, trx, { studentId: student.id, tutorId: tutor.id });
    const taken = await firstTaken(trx, wish, lessonStarts(first, zone, wish.repeatWeekly));
    if (taken) throw overlap(field, wish.repeatWeekly > 1 ? taken : undefined);
    const booking = await insertBooking(trx, {
      id: ctx.newId(),
      tutor_id: tutor.id,
      student_id: student.id,
      subject: wish.subject,
      starts_at: first,
      ...wallClockColumns(first, zone),
      duration_minutes: wish.durationMinutes,
      time_zone: wish.timeZone,
      repeat_weekly: wish.repeatWeekly,
      created_at: now,
      updated_at: now,
    });
    const message = await keepMessage(ctx, trx, {
      text: wish.message,
      by: student.id,
      saidWith: "request",
      bookingId: booking.id,
      sessionIds: null,
    });
    await mailBookingRequested(ctx, trx, booking.id, message);
    return { id: booking.id };
  });
}

/** @returns the first of these times at which the tutor has a lesson already */
async function firstTaken(
  trx: Trx,
  { tutorId, durationMinutes }: z.infer<typeof bookingInput>,
  starts: Date[],
): Promise<Date | null> {
  for (const from of starts) {
    const to = addMinutes(from, durationMinutes);
    if (await overlapping(trx, { tutorId, from, to })) return from;
  }
  return null;
}
