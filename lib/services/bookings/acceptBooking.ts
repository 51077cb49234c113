/**
 * The tutor accepts. The lessons are made at once, and their rooms as soon as the provider can: a provider
 * that is down delays a room, but no lesson is ever lost.
 */
import { addMinutes } from "#lib/platform/clock.ts";
import { plainZone } from "#lib/platform/localTime.ts";
import { wallClockColumns, zoneAsKept } from "#lib/platform/zones/wallClock.ts";
import { cutText } from "#lib/providers/words.ts";
import { updateBooking } from "#lib/records/bookings/queries.ts";
import { firstStart, lessonStarts } from "#lib/records/bookings/rules.ts";
import { connectionOf } from "#lib/records/grants/queries.ts";
import { personById } from "#lib/records/people/queries.ts";
import { insertSessions, overlapping } from "#lib/records/sessions/queries.ts";
import { mailBookingAccepted } from "#lib/services/telling/bookingMails.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { noVideoProvider, overlapsLesson, Refusal } from "#lib/services/verb/errors.ts";
import { decideBooking } from "./decideBooking.ts";

/** The longest title that the database takes. Every provider takes at least two thirds of it. */
const TITLE_LENGTH = 300;

/** @returns the ids of the lessons made, soonest first */
export function acceptBooking(
  ctx: Context,
  person: Person,
  bookingId: string,
): Promise<{ sessionIds: string[] }> {
  const rule = {
    from: ["requested" as const],
    may: (booking: { tutor_id: string }) => booking.tutor_id === person.id,
  };
  return decideBooking(ctx, person, bookingId, rule, async (trx, booking) => {
    const connection = await connectionOf(trx, booking.tutor_id);
    if (!connection || connection.connection_status === "disconnected") throw noVideoProvider();
    const now = ctx.clock();
    const { time_zone: name, repeat_weekly: weeks } = booking;
    if (weeks > 1 && !ctx.zoneRules(name)) {
      throw new Refusal("unavailable", "unknownZone", { zone: plainZone(name) });
    }
    const zone = zoneAsKept(ctx.zoneRules, booking);
    const first = firstStart(booking, zone);
    if (first <= now) {
      throw new Refusal("in_the_past", "firstInThePast");
    }
    const student = await personById(trx, booking.student_id);
    const starts = lessonStarts(first, zone, weeks);
    const spans = starts.map((from) => ({ from, to: addMinutes(from, booking.duration_minutes) }));
    for (const span of spans) {
      const clash = await overlapping(trx, { tutorId: booking.tutor_id, ...span });
      if (clash) throw overlapsLesson(clash, "startsAt");
    }
    const sessions = await insertSessions(
      trx,
      spans.map(({ from, to }) => ({
        id: ctx.newId(),
        booking_id: booking.id,
        tutor_id: booking.tutor_id,
        student_id: booking.student_id,
        title: cutText(`${booking.subject} with ${student?.name}`, TITLE_LENGTH),
        scheduled_start_at: from,
        scheduled_end_at: to,
        ...wallClockColumns(from, zone),
        time_zone: zone.name,
        created_at: now,
        updated_at: now,
      })),
    );
    await updateBooking(trx, booking.id, {
      status: "accepted",
      starts_at: first,
      ...wallClockColumns(first, zone),
      decided_at: now,
      updated_at: now,
    });
    const sessionIds = sessions.map((session) => session.id);
    await mailBookingAccepted(ctx, trx, booking.id, sessionIds);
    await ctx.nudge(trx, booking.tutor_id);
    return { sessionIds };
  });
}
