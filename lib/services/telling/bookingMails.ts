/** Mails about bookings. */
import type { Trx } from "#lib/platform/db.ts";
import { wordsFor } from "#lib/platform/words.ts";
import { bookingWithPeople } from "#lib/records/bookings/queries.ts";
import { firstStart, lessonStarts } from "#lib/records/bookings/rules.ts";
import { sessionsByIds } from "#lib/records/sessions/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { calendarEntry } from "./letter/calendarEntry.ts";
import { longTime, post } from "./letter/letter.ts";
import { quoted } from "./letter/quoted.ts";
import { type Recipient, recipientsOf } from "./recipients.ts";

async function read(trx: Trx, bookingId: string) {
  const booking = await bookingWithPeople(trx, bookingId);
  if (!booking) throw new Error(`There is no booking ${bookingId}`);
  return booking;
}

type Booking = Awaited<ReturnType<typeof read>>;

/** "on Tuesday …", or "weekly, 6 times, from Tuesday … to …", in the reader's language and time zone. */
function when(ctx: Context, booking: Booking, to: Recipient): string {
  const words = wordsFor(to.language, "mails.booking");
  const zone = ctx.zoneRules(booking.time_zone);
  const start = firstStart(booking, zone);
  const starts = lessonStarts(start, zone, booking.repeat_weekly);
  const first = longTime(start, to);
  const minutes = booking.duration_minutes;
  if (starts.length === 1) return words("once", { first, minutes });
  const last = longTime(starts.at(-1) ?? start, to);
  return words("weekly", { weeks: starts.length, first, last, minutes });
}

/** The values that the sentences name. */
const facts = (ctx: Context, booking: Booking, to: Recipient) => ({
  subject: quoted(to.language, booking.subject),
  tutor: quoted(to.language, booking.tutor_name),
  student: quoted(to.language, booking.student_name),
  when: when(ctx, booking, to),
});

export async function mailBookingRequested(ctx: Context, trx: Trx, bookingId: string) {
  const booking = await read(trx, bookingId);
  for (const to of await recipientsOf(ctx, trx, booking.tutor_id)) {
    const words = wordsFor(to.language, "mails.booking.requested");
    await post(ctx, trx, {
      to,
      subject: words("subject", facts(ctx, booking, to)),
      paragraphs: [words("text", facts(ctx, booking, to))],
      button: { label: words("button"), url: `${ctx.config.appUrl}/bookings` },
    });
  }
}

/** Notifies the student's side, with the lessons for its calendar. */
export async function mailBookingAccepted(
  ctx: Context,
  trx: Trx,
  bookingId: string,
  sessionIds: string[],
) {
  const booking = await read(trx, bookingId);
  const lessons = await sessionsByIds(trx, sessionIds);
  for (const to of await recipientsOf(ctx, trx, booking.student_id)) {
    const words = wordsFor(to.language, "mails.booking.accepted");
    await post(ctx, trx, {
      to,
      subject: words("subject", facts(ctx, booking, to)),
      paragraphs: [
        words("text", facts(ctx, booking, to)),
        words("link"),
        words("calendar", { count: lessons.length }),
      ],
      button: {
        label: wordsFor(to.language, "mails")("seeLessons"),
        url: `${ctx.config.appUrl}/sessions`,
      },
      calendar: calendarEntry(ctx, to, lessons),
    });
  }
}

export async function mailBookingDeclined(ctx: Context, trx: Trx, bookingId: string) {
  const booking = await read(trx, bookingId);
  for (const to of await recipientsOf(ctx, trx, booking.student_id)) {
    const words = wordsFor(to.language, "mails.booking.declined");
    await post(ctx, trx, {
      to,
      subject: words("subject", facts(ctx, booking, to)),
      paragraphs: [words("text", facts(ctx, booking, to))],
      button: { label: words("button"), url: `${ctx.config.appUrl}/bookings` },
    });
  }
}

/**
 * Notifies the other side than the one that called it off. The student's side is also notified of its own
 * cancellation if our mail had put lessons into its calendar: only another mail takes them out again.
 */
export async function mailBookingCancelled(
  ctx: Context,
  trx: Trx,
  bookingId: string,
  { by, sessionIds }: { by: string; sessionIds: string[] },
) {
  const booking = await read(trx, bookingId);
  const lessons = sessionIds.length > 0 ? await sessionsByIds(trx, sessionIds) : [];
  const isTutor = by === booking.tutor_id;
  const told = [
    ...(isTutor ? [] : await recipientsOf(ctx, trx, booking.tutor_id)),
    ...(isTutor || lessons.length > 0 ? await recipientsOf(ctx, trx, booking.student_id) : []),
  ];
  for (const to of told) {
    const isOwn = !isTutor && to.side === "student" && to.copyOf === null;
    const how = isOwn ? "taken" : "cancelled";
    const words = wordsFor(to.language, "mails.booking");
    const named = {
      ...facts(ctx, booking, to),
      by: quoted(to.language, isTutor ? booking.tutor_name : booking.student_name),
    };
    await post(ctx, trx, {
      to,
      subject: words(`${how}.subject`, named),
      paragraphs: [words(`${how}.text`, named)],
      button: {
        label: wordsFor(to.language, "mails")("seeBookings"),
        url: `${ctx.config.appUrl}/bookings`,
      },
      calendar: calendarEntry(ctx, to, lessons),
    });
  }
}
