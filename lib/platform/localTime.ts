/**
 * Instants and the clocks of a time zone, for pages and mails alike. Every page loads this file, so it relies
 * on what each browser has: the zones and names of `Intl`. Instants are ISO 8601 in UTC; days look like
 * "2026-11-16".
 */
import { tzOffset } from "@date-fns/tz/tzOffset";

const MINUTE = 60_000;
const DAY = 86_400_000;

export function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }) !== null;
  } catch {
    return false;
  }
}

/** "America/St Johns" */
export const plainZone = (zone: string): string => zone.replaceAll("_", " ");

/** Minutes by which clocks in the zone are ahead of UTC at that instant. */
export const offsetAt = (iso: string, zone: string): number => tzOffset(zone, new Date(iso));

/** Whether clocks in the two zones show the same time at that instant. */
export const sameClock = (iso: string, one: string, other: string): boolean =>
  offsetAt(iso, one) === offsetAt(iso, other);

/** The time that clocks in the zone show, written as if it were UTC. */
const shownAt = (iso: string, zone: string): string =>
  new Date(Date.parse(iso) + offsetAt(iso, zone) * MINUTE).toISOString();

export const dayOf = (iso: string, zone: string): string => shownAt(iso, zone).slice(0, 10);

/** "16:00" */
export const clockOf = (iso: string, zone: string): string => shownAt(iso, zone).slice(11, 16);

/** Minutes since midnight on the zone's clocks. */
export function minuteOfDay(iso: string, zone: string): number {
  const [hours = 0, minutes = 0] = clockOf(iso, zone).split(":").map(Number);
  return hours * 60 + minutes;
}

export const daysBetween = (from: string, to: string): number =>
  (Date.parse(to) - Date.parse(from)) / DAY;

export const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);

/** The Monday of the week that contains the day. */
export const mondayOf = (day: string): string =>
  plusDays(day, -((new Date(day).getUTCDay() + 6) % 7));

const FIRST = Date.UTC(1970, 0);
const BEHIND_LAST = Date.UTC(3000, 0);

/**
 * Whether an instant from outside is one that we reckon with. Beyond the years 0 and 9999 `Date` writes years as
 * the database can't read them, and whoever adds to a day must not get there.
 * @param at in milliseconds; NaN is none
 */
export const isWithinReach = (at: number): boolean => at >= FIRST && at < BEHIND_LAST;

export function isDay(text: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  return isWithinReach(at) && new Date(at).toISOString().startsWith(text);
}

/** The day's first instant. That isn't midnight where a daylight-saving change skips midnight. */
export const startOfDay = (day: string, zone: string): string => instantAt(Date.parse(day), zone);

/**
 * @param shown what clocks in the zone show, as if it were UTC. For a skipped or doubled time see
 * `fromLocalInput`.
 */
function instantAt(shown: number, zone: string): string {
  const before = tzOffset(zone, new Date(shown - DAY)) * MINUTE;
  const after = tzOffset(zone, new Date(shown + DAY)) * MINUTE;
  const isBeforeChange = tzOffset(zone, new Date(shown - before)) * MINUTE === before;
  const isAfterChange = tzOffset(zone, new Date(shown - after)) * MINUTE === after;
  const isSkipped = !isBeforeChange && !isAfterChange;
  return new Date(shown - (isBeforeChange || isSkipped ? before : after)).toISOString();
}

/**
 * The same time on the zone's clocks, `days` days later. For a time that a daylight-saving change skips or
 * doubles, see `fromLocalInput`.
 */
export function daysLater(iso: string, zone: string, days: number): string {
  // Otherwise the second occurrence of a doubled time would become the first.
  if (days === 0) return new Date(iso).toISOString();
  return instantAt(Date.parse(shownAt(iso, zone)) + days * DAY, zone);
}

/** The value of a `datetime-local` input that shows the instant on the clocks of `zone`. */
export const toLocalInput = (iso: string, zone: string): string => shownAt(iso, zone).slice(0, 16);

/**
 * The instant that a `datetime-local` value means in `zone`, or null where it isn't a date at all. A time
 * that a daylight-saving change skips becomes the same time after the change. A time that occurs twice means
 * its first occurrence.
 */
export function fromLocalInput(value: string, zone: string): string | null {
  const shown = Date.parse(`${value}Z`);
  return isDay(value.slice(0, 10)) && !Number.isNaN(shown) ? instantAt(shown, zone) : null;
}

/** "1:04:09" or "04:09" until that instant, and "00:00" from then on. */
export function countdown(until: string, now: string): string {
  const seconds = Math.max(0, Math.ceil((Date.parse(until) - Date.parse(now)) / 1000));
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  if (seconds >= 3600) parts.unshift(Math.floor(seconds / 3600));
  return parts
    .map((part, index) => (index === 0 && parts.length === 3 ? `${part}` : pad(part)))
    .join(":");
}

const pad = (value: number): string => `${value}`.padStart(2, "0");
