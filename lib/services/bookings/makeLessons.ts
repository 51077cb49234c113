/**
 * The lessons of a booking. They are made at once, and their rooms as soon as the provider can: a provider that is down, or
 * that isn't connected yet, delays a room, but no lesson is ever lost.
 */
import { addMinutes } from "#lib/platform/clock.ts";
import type { Trx } from "#lib/platform/db.ts";
import { wallClockColumns } from "#lib/platform/zones/wallClock.ts";
import type { Zone } from "#lib/platform/zones/zoneRules.ts";
import { cutText } from "#lib/providers/words.ts";
import { type Booking, lessonStarts } from "#lib/records/bookings/rules.ts";
import { insertSessions, overlapping } from "#lib/records/sessions/queries.ts";
import { backOnList, readerIn } from "#lib/records/students/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { overlapsLesson } from "#lib/services/verb/errors.ts";
import type { Start } from "#lib/services/verb/start.ts";

/** The longest title that the database takes. Every provider takes at least two thirds of it. */
const TITLE_LENGTH = 300;

/**
 * @returns their ids, soonest first
 * @throws Refusal `overlap` with the lesson of the tutor's that one of them meets
 */
export async function makeLessons(
  ctx: Context,
  trx: Trx,
  booking: Booking,
  { first, zone, field }: { first: Date; zone: Zone; field: Start["field"] },
): Promise<string[]> {
  const { tutor_id: tutorId, student_id: studentId } = booking;
  const now = ctx.clock();
  const starts = lessonStarts(first, zone, booking.repeat_weekly);
  const spans = starts.map((from) => ({ from, to: addMinutes(from, booking.duration_minutes) }));
  for (const span of spans) {
    const clash = await overlapping(trx, { tutorId, ...span });
    if (clash) throw overlapsLesson(clash, field);
  }
  await backOnList(trx, { tutorId, studentId });
  const student = await readerIn(trx, { tutorId, studentId });
  // The room's title is read by all who come in: whoever has an account has their own name there.
  const name = student?.has_account ? student.own_name : student?.name;
  const sessions = await insertSessions(
    trx,
    spans.map(({ from, to }) => ({
      id: ctx.newId(),
      booking_id: booking.id,
      tutor_id: tutorId,
      student_id: studentId,
      title: cutText(`${booking.subject} with ${name}`, TITLE_LENGTH),
      scheduled_start_at: from,
      scheduled_end_at: to,
      ...wallClockColumns(from, zone),
      time_zone: zone.name,
      created_at: now,
      updated_at: now,
    })),
  );
  return sessions.map(({ id }) => id);
}
