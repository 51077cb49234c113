/** Dates and clocks as their readers write them. The catalog puts the parts of a date in order. */
import { clockOf, shownAt } from "./localTime.ts";
import type { Zone } from "./zones/zoneRules.ts";

export interface DateWords {
  /** "Fri" */
  weekday: string;
  /** "Friday" */
  longWeekday: string;
  /** "4" */
  day: string;
  /** "December", in the form that stands beside a day. */
  month: string;
  /** "Dec" */
  shortMonth: string;
  /** "2026" */
  year: string;
  // The values of the catalog's texts may have any name.
  [name: string]: string;
}

export function dateWords(iso: string, zone: Zone, language: string): DateWords {
  // `Intl` only names the date: what clocks show is already in it.
  const at = new Date(shownAt(iso, zone));
  const date = formatOf(language, { day: "numeric", month: "long", year: "numeric" });
  const parts = date.formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((found) => found.type === type)?.value ?? "";
  return {
    weekday: formatOf(language, { weekday: "short" }).format(at),
    longWeekday: formatOf(language, { weekday: "long" }).format(at),
    day: part("day"),
    month: part("month"),
    shortMonth: formatOf(language, { month: "short" }).format(at),
    year: part("year"),
  };
}

// Creating a format takes a hundred times as long as using it.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(language: string, options: Intl.DateTimeFormatOptions) {
  const key = JSON.stringify([language, options]);
  const format =
    formats.get(key) ?? new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" });
  formats.set(key, format);
  return format;
}

/** "16:00" or "4:00 pm". */
export const clockHours = [12, 24] as const;
export type ClockHours = (typeof clockHours)[number];

/** A translator of the catalog's `time`. */
type Words = (name: "clock12", values: { clock: string; half: "am" | "pm" }) => string;

export interface Reader {
  zone: Zone;
  hours: ClockHours;
  words: Words;
}

export const clockFor = (iso: string, { zone, hours, words }: Reader): string =>
  inHours(clockOf(iso, zone), hours, words);

/** @param clock of twenty-four hours: "16:00" */
export function inHours(clock: string, hours: ClockHours, words: Words): string {
  if (hours === 24) return clock;
  const hour = Number(clock.slice(0, 2));
  const half = hour < 12 ? "am" : "pm";
  return words("clock12", { clock: `${hour % 12 || 12}${clock.slice(2)}`, half });
}
