/**
 * Instants and the clocks of a zone, for pages and mails alike. It comes with every page, so it
 * leans on what each browser has: the zones and names of `Intl`. Instants are ISO 8601 in UTC,
 * days "2026-11-16".
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

/** Minutes that clocks in the zone are ahead of UTC at that instant. */
export const offsetAt = (iso: string, zone: string): number => tzOffset(zone, new Date(iso));

/** Whether clocks in the two zones show the same at that instant. */
export const sameClock = (iso: string, one: string, other: string): boolean =>
  offsetAt(iso, one) === offsetAt(iso, other);

/** What clocks in the zone show, written as if it were UTC. */
const shownAt = (iso: string, zone: string): string =>
  new Date(Date.parse(iso) + offsetAt(iso, zone) * MINUTE).toISOString();

export const dayOf = (iso: string, zone: string): string => shownAt(iso, zone).slice(0, 10);

/** "16:00" */
export const clockOf = (iso: string, zone: string): string => shownAt(iso, zone).slice(11, 16);

/** How far clocks are past midnight. */
export function minuteOfDay(iso: string, zone: string): number {
  const [hours = 0, minutes = 0] = clockOf(iso, zone).split(":").map(Number);
  return hours * 60 + minutes;
}

export const daysBetween = (from: string, to: string): number =>
  (Date.parse(to) - Date.parse(from)) / DAY;

export const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);

/** That weekday's Monday. */
export const mondayOf = (day: string): string =>
  plusDays(day, -((new Date(day).getUTCDay() + 6) % 7));

export function isDay(text: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** A day's first instant: not midnight where a daylight-saving change skips that. */
export const startOfDay = (day: string, zone: string): string => instantAt(Date.parse(day), zone);

/** @param shown what clocks in the zone show, as if it were UTC. A skipped or doubled time: see `fromLocalInput` */
function instantAt(shown: number, zone: string): string {
  const before = tzOffset(zone, new Date(shown - DAY)) * MINUTE;
  const after = tzOffset(zone, new Date(shown + DAY)) * MINUTE;
  const isBeforeChange = tzOffset(zone, new Date(shown - before)) * MINUTE === before;
  const isAfterChange = tzOffset(zone, new Date(shown - after)) * MINUTE === after;
  const isSkipped = !isBeforeChange && !isAfterChange;
  return new Date(shown - (isBeforeChange || isSkipped ? before : after)).toISOString();
}

/**
 * The same time on the zone's clocks, so many days on. A time that a daylight-saving change skips or
 * doubles: see `fromLocalInput`.
 */
export function daysLater(iso: string, zone: string, days: number): string {
  // The second of a doubled time would otherwise become the first.
  if (days === 0) return new Date(iso).toISOString();
  return instantAt(Date.parse(shownAt(iso, zone)) + days * DAY, zone);
}

/** The value of a `datetime-local` input, as clocks in `zone` show the instant. */
export const toLocalInput = (iso: string, zone: string): string => shownAt(iso, zone).slice(0, 16);

/**
 * The instant that a `datetime-local` value means in `zone`, or null where it is no date at all.
 * A time that a daylight-saving change skips becomes the same time after it; one that comes twice
 * means the first.
 */
export function fromLocalInput(value: string, zone: string): string | null {
  const shown = Date.parse(`${value}Z`);
  return isDay(value.slice(0, 10)) && !Number.isNaN(shown) ? instantAt(shown, zone) : null;
}

/** "1:04:09" or "04:09" until that instant; "00:00" from then on. */
export function countdown(until: string, now: string): string {
  const seconds = Math.max(0, Math.ceil((Date.parse(until) - Date.parse(now)) / 1000));
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  if (seconds >= 3600) parts.unshift(Math.floor(seconds / 3600));
  return parts
    .map((part, index) => (index === 0 && parts.length === 3 ? `${part}` : pad(part)))
    .join(":");
}

const pad = (value: number): string => `${value}`.padStart(2, "0");
