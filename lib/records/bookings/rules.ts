/** The states of a booking and the lessons that it stands for; see the paragraph at its table. */

import type { Selectable } from "kysely";
import type { Bookings } from "#lib/platform/database.types.ts";
import { daysLater } from "#lib/platform/localTime.ts";
import { movedByRules } from "#lib/platform/zones/wallClock.ts";
import type { Zone } from "#lib/platform/zones/zoneRules.ts";

export type Booking = Selectable<Bookings>;

export const bookingStatuses = ["requested", "accepted", "declined", "cancelled"] as const;
export type BookingStatus = (typeof bookingStatuses)[number];

export const MAX_WEEKS = 52;
/** Nobody asks for a lesson later than this: two years. */
export const MAX_AHEAD_MINUTES = 2 * 366 * 24 * 60;
const WEEK_MS = 7 * 24 * 3_600_000;
export const DURATION_MINUTES = { min: 5, max: 480 } as const;

/**
 * When the first lesson starts. Until it is accepted, a booking is a wish for what clocks show: if the zone's
 * rules changed since, it means another instant. The lessons that were made of it stand.
 */
export const firstStart = (
  booking: Pick<Booking, "status" | "starts_at" | "starts_local" | "utc_offset">,
  zone: Zone,
): Date =>
  (booking.status === "requested" && movedByRules(booking, booking.starts_at, zone)) ||
  booking.starts_at;

/** What a student asks a tutor for. */
interface Wish {
  subject: string;
  first: Date;
  durationMinutes: number;
  repeatWeekly: number;
  timeZone: string;
}

/** Whether a request to the same tutor asks for the same lessons. The zone counts, since weeks are by its clocks. */
export const isSameWish = (booking: Booking, wish: Wish, zone: Zone): boolean =>
  booking.subject === wish.subject &&
  booking.duration_minutes === wish.durationMinutes &&
  booking.repeat_weekly === wish.repeatWeekly &&
  booking.time_zone === wish.timeZone &&
  Number(firstStart(booking, zone)) === Number(wish.first);

/**
 * When the lessons of a booking start: at `first`, then each week at the same local time in `zone`, so
 * that a lesson at 16:00 stays at 16:00 across a daylight-saving change. A local time that the change skips
 * becomes the same time after the change. A local time that occurs twice means its first occurrence.
 */
export function lessonStarts(first: Date, zone: Zone, weeks: number): Date[] {
  const start = first.toISOString();
  return Array.from({ length: weeks }, (_, week) => new Date(daysLater(start, zone, 7 * week)));
}

/** Whether all starts, soonest first, are at the same local time of the same weekday. Weeks may be missing. */
export function areWeekly(starts: Date[], zone: Zone): boolean {
  const first = starts[0]?.toISOString();
  return starts.every((start) => {
    const weeks = Math.round((start.getTime() - Date.parse(first ?? "")) / WEEK_MS);
    return first !== undefined && Date.parse(daysLater(first, zone, 7 * weeks)) === Number(start);
  });
}
