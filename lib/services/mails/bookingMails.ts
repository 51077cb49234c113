/** What people hear about bookings. */
import type { Trx } from "#lib/platform/db.ts";
import { bookingById } from "#lib/records/bookings/queries.ts";
import { lessonStarts } from "#lib/records/bookings/rules.ts";
import { personById } from "#lib/records/people/queries.ts";
import type { Context } from "#lib/services/context.ts";
import { longTime, post } from "./letter.ts";

async function read(trx: Trx, bookingId: string) {
  const booking = await bookingById(trx, bookingId);
  const tutor = booking && (await personById(trx, booking.tutor_id));
  const student = booking && (await personById(trx, booking.student_id));
  if (!tutor || !student) throw new Error(`Booking ${bookingId} has no participants`);
  return { booking, tutor, student };
}

/** "on Tuesday …", or "weekly, 6 times, from Tuesday … to …", for the reader's zone. */
function when(booking: Awaited<ReturnType<typeof read>>["booking"], zone: string): string {
  const starts = lessonStarts(booking.starts_at, booking.time_zone, booking.repeat_weekly);
  const first = longTime(booking.starts_at, zone);
  const last = starts.at(-1) ?? booking.starts_at;
  if (starts.length === 1) return `on ${first}, for ${booking.duration_minutes} minutes`;
  return `weekly, ${starts.length} times, from ${first} to ${longTime(last, zone)}, ${booking.duration_minutes} minutes each`;
}

export async function mailBookingRequested(ctx: Context, trx: Trx, bookingId: string) {
  const { booking, tutor, student } = await read(trx, bookingId);
  await post(ctx, trx, {
    to: tutor,
    subject: `${student.name} asks for a lesson: ${booking.subject}`,
    paragraphs: [
      `${student.name} would like to have ${booking.subject} ${when(booking, tutor.time_zone)}.`,
    ],
    button: { label: "Accept or decline", url: `${ctx.config.appUrl}/bookings` },
  });
}

export async function mailBookingAccepted(ctx: Context, trx: Trx, bookingId: string) {
  const { booking, tutor, student } = await read(trx, bookingId);
  await post(ctx, trx, {
    to: student,
    subject: `${tutor.name} accepted: ${booking.subject}`,
    paragraphs: [
      `${tutor.name} has accepted your lesson ${booking.subject}, ${when(booking, student.time_zone)}.`,
      "You join each lesson from your sessions page; the link there always leads to the right room.",
    ],
    button: { label: "See your lessons", url: `${ctx.config.appUrl}/sessions` },
  });
}

export async function mailBookingDeclined(ctx: Context, trx: Trx, bookingId: string) {
  const { booking, tutor, student } = await read(trx, bookingId);
  await post(ctx, trx, {
    to: student,
    subject: `${tutor.name} can't give this lesson: ${booking.subject}`,
    paragraphs: [
      `${tutor.name} has declined ${booking.subject}, ${when(booking, student.time_zone)}. You can ask for another time.`,
    ],
    button: { label: "Ask for another time", url: `${ctx.config.appUrl}/bookings` },
  });
}

/** To the other side than the one who called it off. */
export async function mailBookingCancelled(
  ctx: Context,
  trx: Trx,
  bookingId: string,
  byPersonId: string,
) {
  const { booking, tutor, student } = await read(trx, bookingId);
  const [by, to] = byPersonId === tutor.id ? [tutor, student] : [student, tutor];
  await post(ctx, trx, {
    to,
    subject: `${by.name} called off: ${booking.subject}`,
    paragraphs: [
      `${by.name} has called off ${booking.subject}, ${when(booking, to.time_zone)}. All lessons of it that were still to come are cancelled.`,
    ],
    button: { label: "See your bookings", url: `${ctx.config.appUrl}/bookings` },
  });
}
