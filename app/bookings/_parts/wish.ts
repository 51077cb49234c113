import { fromLocalInput } from "#lib/platform/localTime.ts";
import type { Messages } from "#lib/platform/words.ts";
import { lessonStarts, MAX_WEEKS } from "#lib/records/bookings/rules.ts";

/** A lesson as a student is asking for it; dates and times as the inputs hold them. */
export interface Wish {
  tutorId: string | null;
  subject: string;
  date: string;
  time: string;
  durationMinutes: number;
  isWeekly: boolean;
  weeks: number;
}

/** What is wrong at which field: one of the catalog's `bookings.form.missing`. */
export type WishErrors = Partial<
  Record<keyof Wish | "startsAt", keyof Messages["bookings"]["form"]["missing"]>
>;

export const startOf = (wish: Wish, zone: string): string | null =>
  wish.date && wish.time ? fromLocalInput(`${wish.date}T${wish.time}`, zone) : null;

const isWeeks = (weeks: number): boolean =>
  Number.isInteger(weeks) && weeks >= 2 && weeks <= MAX_WEEKS;

/** Starts of all lessons that would come of it; empty while it has no valid time. */
export function startsOf(wish: Wish, zone: string): string[] {
  const first = startOf(wish, zone);
  if (first === null || (wish.isWeekly && !isWeeks(wish.weeks))) return [];
  const weeks = wish.isWeekly ? wish.weeks : 1;
  return lessonStarts(new Date(first), zone, weeks).map((start) => start.toISOString());
}

export function errorsOf(wish: Wish, zone: string, now: string): WishErrors {
  const errors: WishErrors = {};
  const startsAt = startOf(wish, zone);
  if (wish.tutorId === null) errors.tutorId = "tutor";
  if (wish.subject.trim() === "") errors.subject = "subject";
  if (wish.date === "") errors.date = "date";
  if (wish.time === "") errors.time = "time";
  if (startsAt !== null && startsAt <= now) errors.startsAt = "past";
  if (wish.isWeekly && !isWeeks(wish.weeks)) errors.weeks = "weeks";
  return errors;
}
