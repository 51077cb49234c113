/**
 * Instants and the clocks of a time zone, for pages and mails alike. A zone comes with its rules, so nothing here
 * knows what the machine thinks of it. Instants are ISO 8601 in UTC; days look like "2026-11-16", and what clocks
 * show like "2026-11-16T16:00".
 */
import type { Zone } from "./zones/zoneRules.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

/** "America/St Johns" */
export const plainZone = (zone: string): string => zone.replaceAll("_", " ");

/** Minutes by which clocks in the zone are ahead of UTC at that instant. */
export const offsetAt = (iso: string, zone: Zone): number => zone.offsetAt(Date.parse(iso));

/** Whether clocks in the two zones show the same time at that instant. */
export const sameClock = (iso: string, one: Zone, other: Zone): boolean =>
  offsetAt(iso, one) === offsetAt(iso, other);

/** The time that clocks in the zone show, written as if it were UTC. */
export const shownAt = (iso: string, zone: Zone): string =>
  new Date(Date.parse(iso) + offsetAt(iso, zone) * MINUTE).toISOString();

export const dayOf = (iso: string, zone: Zone): string => shownAt(iso, zone).slice(0, 10);

/** "16:00" */
export const clockOf = (iso: string, zone: Zone): string => shownAt(iso, zone).slice(11, 16);

/** Minutes since midnight on the zone's clocks. */
export function minuteOfDay(iso: string, zone: Zone): number {
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
export const startOfDay = (day: string, zone: Zone): string => instantAt(Date.parse(day), zone);

/** How often clocks show a time: once, never (skipped by a change) or twice. */
export type Occurrence = "once" | "never" | "twice";

/**
 * @param shown what clocks in the zone show, as if it were UTC. A skipped time becomes the same time after the
 * change; a doubled one is its first occurrence.
 */
function read(shown: number, zone: Zone): { at: number; occurs: Occurrence } {
  const before = zone.offsetAt(shown - DAY) * MINUTE;
  const after = zone.offsetAt(shown + DAY) * MINUTE;
  const isBeforeChange = zone.offsetAt(shown - before) * MINUTE === before;
  const isAfterChange = zone.offsetAt(shown - after) * MINUTE === after;
  if (!isBeforeChange)
    return {
      at: shown - (isAfterChange ? after : before),
      occurs: isAfterChange ? "once" : "never",
    };
  return { at: shown - before, occurs: isAfterChange && before !== after ? "twice" : "once" };
}

const instantAt = (shown: number, zone: Zone): string =>
  new Date(read(shown, zone).at).toISOString();

/**
 * The same time on the zone's clocks, `days` days later. For a time that a daylight-saving change skips or
 * doubles, see `fromLocalInput`.
 */
export function daysLater(iso: string, zone: Zone, days: number): string {
  return laterOnClocks(iso, zone, days * DAY);
}

/**
 * When the zone's clocks show so much more than they show at the instant, or less: 16:00 becomes 17:00 also where an
 * hour is skipped in between.
 */
export function laterOnClocks(iso: string, zone: Zone, milliseconds: number): string {
  // Otherwise the second occurrence of a doubled time would become the first.
  if (milliseconds === 0) return new Date(iso).toISOString();
  return instantAt(Date.parse(shownAt(iso, zone)) + milliseconds, zone);
}

/** By how much more, in milliseconds, the zone's clocks show at `to` than at `from`. */
export const changeOnClocks = (from: string, to: string, zone: Zone): number =>
  Date.parse(shownAt(to, zone)) - Date.parse(shownAt(from, zone));

/** The value of a `datetime-local` input that shows the instant on the clocks of `zone`. */
export const toLocalInput = (iso: string, zone: Zone): string => shownAt(iso, zone).slice(0, 16);

/**
 * The instant that a `datetime-local` value means in `zone`, or null where it isn't a date at all. A time
 * that a daylight-saving change skips becomes the same time after the change. A time that occurs twice means
 * its first occurrence.
 */
export function fromLocalInput(value: string, zone: Zone): string | null {
  const shown = shownIn(value);
  return shown === null ? null : instantAt(shown, zone);
}

/** How often the clocks of the zone show that time; null where it isn't a date at all. */
export function occurrenceOf(value: string, zone: Zone): Occurrence | null {
  const shown = shownIn(value);
  return shown === null ? null : read(shown, zone).occurs;
}

function shownIn(value: string): number | null {
  const shown = Date.parse(`${value}Z`);
  return isDay(value.slice(0, 10)) && !Number.isNaN(shown) ? shown : null;
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
