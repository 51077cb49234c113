/** The states of a booking and the lessons it stands for; see the paragraph at its table. */

import type { Selectable } from "kysely";
import type { Bookings } from "#lib/platform/database.types.ts";
import { daysLater } from "#lib/platform/localTime.ts";

export type Booking = Selectable<Bookings>;

export const bookingStatuses = ["requested", "accepted", "declined", "cancelled"] as const;
export type BookingStatus = (typeof bookingStatuses)[number];

export const MAX_WEEKS = 52;
export const DURATION_MINUTES = { min: 5, max: 480 } as const;

/**
 * The starts of a booking's lessons: the first, then the same local time in `timeZone` each week, so
 * that a lesson at 16:00 stays at 16:00 across a daylight-saving change. A local time that a change
 * skips becomes the same time after it; one that comes twice means the first.
 */
export function lessonStarts(first: Date, timeZone: string, weeks: number): Date[] {
  const start = first.toISOString();
  return Array.from({ length: weeks }, (_, week) => new Date(daysLater(start, timeZone, 7 * week)));
}
