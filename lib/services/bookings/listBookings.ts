/** Reads a person's bookings for pages and programs. */
import { asPerson, type Trx } from "#lib/platform/db.ts";
import { type Paged, toPaged } from "#lib/platform/paging.ts";
import { offsetName, wallClock, zoneAsKept } from "#lib/platform/zones/wallClock.ts";
import {
  type BookingWithPeople,
  bookingsWithPeople,
  bookingWithPeople,
} from "#lib/records/bookings/queries.ts";
import { areWeekly, firstStart, lessonStarts } from "#lib/records/bookings/rules.ts";
import { type LessonMessage, messagesOfBookings } from "#lib/records/sessions/queries/messages.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { notFound } from "#lib/services/verb/errors.ts";
import { asId } from "#lib/services/verb/input.ts";
import { toMessageView } from "#lib/services/verb/message.ts";
import { firstPage } from "#lib/services/verb/page.ts";
import type { BookingView } from "./views.ts";

/** Newest first. */
export async function listBookings(
  ctx: Context,
  person: Person,
  page = firstPage,
): Promise<Paged<BookingView>> {
  const views = await read(ctx, person, (trx) => bookingsWithPeople(trx, page));
  return toPaged(page, views, ({ createdAt, id }) => ({ by: createdAt, id }));
}

/** @throws Refusal `not_found` */
export async function getBooking(ctx: Context, person: Person, id: string): Promise<BookingView> {
  const [view] = await read(ctx, person, async (trx) => {
    const row = await bookingWithPeople(trx, asId(id, "booking"));
    return row ? [row] : [];
  });
  if (!view) throw notFound("booking");
  return view;
}

async function read(
  ctx: Context,
  person: Person,
  find: (trx: Trx) => Promise<BookingWithPeople[]>,
): Promise<BookingView[]> {
  return asPerson(ctx.db, { personId: person.id }, async (trx) => {
    const rows = await find(trx);
    const ids = rows.map((row) => row.id);
    const messages = ids.length > 0 ? await messagesOfBookings(trx, ids) : [];
    return rows.map((row) =>
      toView(
        ctx,
        row,
        messages.filter((message) => message.booking_id === row.id),
      ),
    );
  });
}

function toView(ctx: Context, row: BookingWithPeople, messages: LessonMessage[]): BookingView {
  const zone = zoneAsKept(ctx.zoneRules, row);
  const first = firstStart(row, zone);
  const reading = wallClock(first, zone);
  const cancelled = row.cancelled_starts.map((start) => new Date(start));
  const made = row.lesson_starts.map((start) => new Date(start));
  const isMade = made.length + cancelled.length > 0;
  const starts = isMade ? made : lessonStarts(first, zone, row.repeat_weekly);
  return {
    id: row.id,
    status: row.status,
    subject: row.subject,
    startsAt: first.toISOString(),
    startsAtLocal: reading.local,
    utcOffset: offsetName(reading.offset),
    durationMinutes: row.duration_minutes,
    timeZone: zone.name,
    repeatWeekly: row.repeat_weekly,
    tutor: { id: row.tutor_id, name: row.tutor_name, timeZone: row.tutor_zone },
    student: { id: row.student_id, name: row.student_name, timeZone: row.student_zone },
    createdAt: row.created_at.toISOString(),
    lessonStarts: starts.map((start) => start.toISOString()),
    cancelledStarts: cancelled.map((start) => start.toISOString()),
    cancelUntilHours: row.cancel_until_hours,
    messages: messages.map((message) => toMessageView(message, row)),
    isWeekly: areWeekly(starts.length > 0 ? starts : cancelled, zone),
  };
}
