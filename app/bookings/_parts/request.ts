import { fromLocalInput, occurrenceOf } from "#lib/platform/localTime.ts";
import type { Messages } from "#lib/platform/words.ts";
import type { Zone } from "#lib/platform/zones/zoneRules.ts";
import { lessonStarts, MAX_WEEKS } from "#lib/records/bookings/rules.ts";

/** A student's request as it is being filled in. Dates and times are as the inputs hold them. */
export interface LessonRequest {
  tutorId: string | null;
  subject: string;
  date: string;
  time: string;
  durationMinutes: number;
  isWeekly: boolean;
  weeks: number;
  message: string;
}

/** What is wrong at which field, as a key of the catalog's `bookings.form.missing`. */
export type RequestErrors = Partial<
  Record<keyof LessonRequest | "startsAtLocal", keyof Messages["bookings"]["form"]["missing"]>
>;

/** What clocks show when the first lesson is to start; empty while that isn't filled in. */
export const localStartOf = ({ date, time }: LessonRequest): string =>
  date && time ? `${date}T${time}` : "";

const startOf = (request: LessonRequest, zone: Zone): string | null =>
  fromLocalInput(localStartOf(request), zone);

const isWeeks = (weeks: number): boolean =>
  Number.isInteger(weeks) && weeks >= 2 && weeks <= MAX_WEEKS;

/** The starts of all lessons that the request asks for; empty while it has no valid time. */
export function startsOf(request: LessonRequest, zone: Zone): string[] {
  const first = startOf(request, zone);
  if (first === null || (request.isWeekly && !isWeeks(request.weeks))) return [];
  const weeks = request.isWeekly ? request.weeks : 1;
  return lessonStarts(new Date(first), zone, weeks).map((start) => start.toISOString());
}

export function errorsOf(request: LessonRequest, zone: Zone, now: string): RequestErrors {
  const errors: RequestErrors = {};
  const startsAt = startOf(request, zone);
  if (request.tutorId === null) errors.tutorId = "tutor";
  if (request.subject.trim() === "") errors.subject = "subject";
  const isNoDate = request.time !== "" && startsAt === null;
  if (request.date === "" || isNoDate) errors.date = "date";
  if (request.time === "") errors.time = "time";
  if (startsAt !== null && startsAt <= now) errors.startsAtLocal = "past";
  if (occurrenceOf(localStartOf(request), zone) === "never") errors.startsAtLocal = "skipped";
  if (request.isWeekly && !isWeeks(request.weeks)) errors.weeks = "weeks";
  return errors;
}
