/** The parts of a date as its readers name them. The catalog puts them in order. */
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
  /** "16:00", in every language. */
  clock: string;
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
    clock: clockOf(iso, zone),
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
