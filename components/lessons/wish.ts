import { fromLocalInput, occurrenceOf } from "#lib/platform/localTime.ts";
import type { Messages } from "#lib/platform/words.ts";
import type { Zone } from "#lib/platform/zones/zoneRules.ts";
import { lessonStarts, MAX_WEEKS } from "#lib/records/bookings/rules.ts";

/** The lessons that a form asks for, as it is being filled in. Dates and times are as the inputs hold them. */
export interface LessonWish {
  subject: string;
  date: string;
  time: string;
  durationMinutes: number;
  isWeekly: boolean;
  weeks: number;
}

/** What is wrong at which field, as a key of the catalog's `bookings.form.missing`. */
export type WishErrors = Partial<
  Record<keyof LessonWish | "startsAtLocal", keyof Messages["bookings"]["form"]["missing"]>
>;

/** What clocks show when the first lesson is to start; empty while that isn't filled in. */
export const localStartOf = ({ date, time }: LessonWish): string =>
  date && time ? `${date}T${time}` : "";

const startOf = (wish: LessonWish, zone: Zone): string | null =>
  fromLocalInput(localStartOf(wish), zone);

const isWeeks = (weeks: number): boolean =>
  Number.isInteger(weeks) && weeks >= 2 && weeks <= MAX_WEEKS;

/** The starts of all lessons that the request asks for; empty while it has no valid time. */
export function startsOf(wish: LessonWish, zone: Zone): string[] {
  const first = startOf(wish, zone);
  if (first === null || (wish.isWeekly && !isWeeks(wish.weeks))) return [];
  const weeks = wish.isWeekly ? wish.weeks : 1;
  return lessonStarts(new Date(first), zone, weeks).map((start) => start.toISOString());
}

export function errorsOf(wish: LessonWish, zone: Zone, now: string): WishErrors {
  const errors: WishErrors = {};
  const startsAt = startOf(wish, zone);
  if (wish.subject.trim() === "") errors.subject = "subject";
  const isNoDate = wish.time !== "" && startsAt === null;
  if (wish.date === "" || isNoDate) errors.date = "date";
  if (wish.time === "") errors.time = "time";
  if (startsAt !== null && startsAt <= now) errors.startsAtLocal = "past";
  if (occurrenceOf(localStartOf(wish), zone) === "never") errors.startsAtLocal = "skipped";
  if (wish.isWeekly && !isWeeks(wish.weeks)) errors.weeks = "weeks";
  return errors;
}

export const noWish: LessonWish = {
  subject: "",
  date: "",
  time: "",
  durationMinutes: 60,
  isWeekly: false,
  weeks: 4,
};

/** What the verbs take of it. */
export const bodyOf = (wish: LessonWish, zone: Zone) => ({
  subject: wish.subject.trim(),
  startsAtLocal: localStartOf(wish),
  durationMinutes: wish.durationMinutes,
  timeZone: zone.name,
  ...(wish.isWeekly ? { repeatWeekly: wish.weeks } : {}),
});
