/** Mails about bookings. */
import { addMinutes, latest } from "#lib/platform/clock.ts";
import type { Trx } from "#lib/platform/db.ts";
import { wordsFor } from "#lib/platform/words.ts";
import { zoneAsKept } from "#lib/platform/zones/wallClock.ts";
import { bookingWithPeople } from "#lib/records/bookings/queries.ts";
import { areWeekly, firstStart, lessonStarts } from "#lib/records/bookings/rules.ts";
import { sessionsByIds } from "#lib/records/sessions/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { calledOff, ofLessons } from "./letter/about.ts";
import { calendarEntry } from "./letter/calendarEntry.ts";
import { longTime, post } from "./letter/letter.ts";
import { buttonTo } from "./letter/pageButton.ts";
import { messageFrom, quoted } from "./letter/quoted.ts";
import { pairOf, type Recipient, studentsMail, studentTo, tutorsMail } from "./recipients.ts";

async function read(trx: Trx, bookingId: string) {
  const booking = await bookingWithPeople(trx, bookingId);
  if (!booking) throw new Error(`There is no booking ${bookingId}`);
  return booking;
}

type Booking = Awaited<ReturnType<typeof read>>;

/** "on Tuesday …", or "weekly, 6 times, from Tuesday … to …", in the reader's language and time zone. */
function when(booking: Booking, to: Recipient, starts: Date[]): string {
  const words = wordsFor(to.language, "mails.booking");
  const first = longTime(starts[0] ?? booking.starts_at, to);
  const minutes = booking.duration_minutes;
  if (starts.length === 1) return words("once", { first, minutes });
  const last = longTime(starts.at(-1) ?? booking.starts_at, to);
  return words("weekly", { weeks: starts.length, first, last, minutes });
}

function startsOf(ctx: Context, booking: Booking): Date[] {
  const zone = zoneAsKept(ctx.zoneRules, booking);
  return lessonStarts(firstStart(booking, zone), zone, booking.repeat_weekly);
}

/** When its last lesson would be over. */
const lastEnd = (ctx: Context, booking: Booking): Date =>
  addMinutes(latest(...startsOf(ctx, booking)), booking.duration_minutes);

/** The values that the sentences name. */
const facts = (ctx: Context, booking: Booking, to: Recipient, starts = startsOf(ctx, booking)) => ({
  subject: quoted(to.language, booking.subject),
  tutor: quoted(to.language, booking.tutor_name),
  student: quoted(to.language, booking.student_name),
  when: when(booking, to, starts),
});

/** `message`: what the student wrote with it; null for nothing. */
export async function mailBookingRequested(
  ctx: Context,
  trx: Trx,
  bookingId: string,
  message: string | null,
) {
  const booking = await read(trx, bookingId);
  for (const to of await tutorsMail(ctx, trx, booking.tutor_id)) {
    const words = wordsFor(to.language, "mails.booking.requested");
    await post(ctx, trx, {
      to,
      about: {
        kind: "requested",
        personId: to.personId,
        // Its first lesson's start, which rules of zones may move, is looked at before it is sent.
        validUntil: null,
        bookingId: booking.id,
      },
      subject: words("subject", facts(ctx, booking, to)),
      paragraphs: [
        words("text", facts(ctx, booking, to)),
        ...messageFrom(to.language, booking.student_name, message),
      ],
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
  for (const to of await studentsMail(ctx, trx, pairOf(booking))) {
    await mailAccepted(ctx, trx, to, { bookingId, sessionIds });
  }
}

/** `sessionIds`: those of its lessons that there are to tell of. */
export async function mailAccepted(
  ctx: Context,
  trx: Trx,
  to: Recipient,
  { bookingId, sessionIds }: { bookingId: string; sessionIds: string[] },
) {
  const booking = await read(trx, bookingId);
  const lessons = await sessionsByIds(trx, sessionIds);
  const starts = lessons.map(({ scheduled_start_at: start }) => start);
  const words = wordsFor(to.language, "mails.booking.accepted");
  const isAdded = booking.origin === "tutor";
  const named = facts(
    ctx,
    booking,
    to,
    areWeekly(starts, zoneAsKept(ctx.zoneRules, booking)) ? starts : undefined,
  );
  await post(ctx, trx, {
    to,
    about: ofLessons("accepted", to, lessons),
    subject: words(isAdded ? "addedSubject" : "subject", named),
    paragraphs: [
      words(isAdded ? "added" : "text", named),
      words("link"),
      words("calendar", { count: lessons.length }),
    ],
    button: {
      label: words("button", { count: lessons.length }),
      url: lessons[0] ? to.linkOf(lessons[0].id) : `${ctx.config.appUrl}/sessions`,
    },
    calendar: await calendarEntry(ctx, trx, to, lessons),
  });
}

export async function mailBookingDeclined(
  ctx: Context,
  trx: Trx,
  bookingId: string,
  message: string | null,
) {
  const booking = await read(trx, bookingId);
  for (const to of await studentsMail(ctx, trx, pairOf(booking))) {
    const words = wordsFor(to.language, "mails.booking.declined");
    await post(ctx, trx, {
      to,
      about: calledOff(to, lastEnd(ctx, booking)),
      subject: words("subject", facts(ctx, booking, to)),
      paragraphs: [
        words("text", facts(ctx, booking, to)),
        ...messageFrom(to.language, booking.tutor_name, message),
      ],
      ...(to.ask
        ? {}
        : { button: { label: words("button"), url: `${ctx.config.appUrl}/bookings` } }),
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
  { by, sessionIds, message }: { by: string; sessionIds: string[]; message: string | null },
) {
  const booking = await read(trx, bookingId);
  const lessons = sessionIds.length > 0 ? await sessionsByIds(trx, sessionIds) : [];
  const isTutor = by === booking.tutor_id;
  const told = [
    ...(isTutor ? [] : await tutorsMail(ctx, trx, booking.tutor_id)),
    ...(isTutor || lessons.length > 0 ? await studentsMail(ctx, trx, pairOf(booking)) : []),
  ];
  for (const to of told) {
    const isOwn = !isTutor && to.side === "student" && to.copyOf === null;
    const how = isOwn ? "taken" : "cancelled";
    const words = wordsFor(to.language, "mails.booking");
    const writer = isTutor ? booking.tutor_name : studentTo(to, booking.student_name);
    const named = { ...facts(ctx, booking, to), by: quoted(to.language, writer) };
    await post(ctx, trx, {
      to,
      about: calledOff(to, lastEnd(ctx, booking)),
      subject: words(`${how}.subject`, named),
      paragraphs: [
        words(`${how}.text`, named),
        ...messageFrom(to.language, writer, isOwn ? null : message),
      ],
      ...buttonTo(ctx, to, "seeBookings"),
      calendar: await calendarEntry(ctx, trx, to, lessons),
    });
  }
}
