/**
 * Every date and time on a page comes from here. Instants are ISO 8601 in UTC; the zone and the language are
 * always the viewer's, never the machine's.
 */
import type { createTranslator } from "use-intl/core";
import { type ClockHours, clockFor, dateWords, inHours } from "#lib/platform/dateWords.ts";
import { dayOf, daysBetween, offsetAt, plainZone } from "#lib/platform/localTime.ts";
import type { Messages } from "#lib/platform/words.ts";
import type { Zone } from "#lib/platform/zones/zoneRules.ts";

export type TimeWords = ReturnType<typeof createTranslator<Messages, "time">>;

export interface Times {
  zone: Zone;
  /** "16:00", or "4:00 pm" */
  clock(iso: string): string;
  /** Of an hour from 0 to 23: "16:00", or "4 pm". */
  hour(hour: number): string;
  /** "16:00 – 16:45" */
  range(from: string, to: string): string;
  /** "Today", "Tomorrow", "Yesterday", "Fri 4 December"; with the year if it isn't this one. */
  day(iso: string, now: string): string;
  /** "Fri 4 December", with the year if it isn't this one. */
  fullDay(iso: string, now: string): string;
  /** "Fri" */
  weekday(iso: string): string;
  /** "4 Dec" */
  shortDay(iso: string): string;
  /** "Dec" */
  month(iso: string): string;
  /** "today 16:00", "Fri 4 December 16:00" */
  dayAndClock(iso: string, now: string): string;
  /** "at 16:00" today, otherwise as `dayAndClock`. */
  when(iso: string, now: string): string;
  /** Equal for two instants on the same calendar day. */
  dayKey(iso: string): string;
  /** "Europe/Berlin (UTC+1)", as it is at that instant. */
  zoneName(iso: string): string;
  /** "in 12 min", "in 1 h 5 min", "now"; null for another day or the past. */
  soon(iso: string, now: string): string | null;
  /** "45 min", "1 h 30 min", "2 h" */
  minutes(minutes: number): string;
  /** A sentence of the API, with its ISO instants rewritten as the viewer's clocks show them. */
  inSentence(sentence: string, now: string): string;
}

export function timesIn(
  words: TimeWords,
  language: string,
  zone: Zone,
  hours: ClockHours = 24,
): Times {
  const clock = (iso: string) => clockFor(iso, { zone, hours, words });
  const dayKey = (iso: string) => dayOf(iso, zone);

  const fullDay = (iso: string, now: string) => {
    const isThisYear = dayKey(iso).slice(0, 4) === dayKey(now).slice(0, 4);
    return words(isThisYear ? "fullDay" : "fullDayAndYear", dateWords(iso, zone, language));
  };

  const nearDay = (iso: string, now: string) =>
    near.get(daysBetween(dayKey(now), dayKey(iso))) ?? null;

  const day = (iso: string, now: string) => {
    const name = nearDay(iso, now);
    return name ? words(name) : fullDay(iso, now);
  };

  const dayAndClock = (iso: string, now: string) => {
    const name = nearDay(iso, now);
    if (name) return words(`${name}At`, { clock: clock(iso) });
    return words("dayAt", { day: fullDay(iso, now), clock: clock(iso) });
  };

  const minutes = (count: number) => {
    const [hours, rest] = [Math.floor(count / 60), count % 60];
    if (hours === 0) return words("minutes", { minutes: count });
    if (rest === 0) return words("hours", { hours });
    return words("hoursAndMinutes", { hours, minutes: rest });
  };

  return {
    zone,
    clock,
    hour: (hour) => inHours(`${hour}`.padStart(2, "0") + (hours === 24 ? ":00" : ""), hours, words),
    range: (from, to) => `${clock(from)} – ${clock(to)}`,
    day,
    fullDay,
    weekday: (iso) => dateWords(iso, zone, language).weekday,
    shortDay: (iso) => words("shortDay", dateWords(iso, zone, language)),
    month: (iso) => dateWords(iso, zone, language).shortMonth,
    dayAndClock,
    when: (iso, now) =>
      dayKey(iso) === dayKey(now) ? words("at", { clock: clock(iso) }) : dayAndClock(iso, now),
    dayKey,
    zoneName: (iso) => {
      const offsetName = `UTC${signed(offsetAt(iso, zone))}`;
      return zone.name === offsetName ? zone.name : `${plainZone(zone.name)} (${offsetName})`;
    },
    soon: (iso, now) => {
      if (dayKey(iso) !== dayKey(now)) return null;
      const left = Math.ceil((Date.parse(iso) - Date.parse(now)) / 60_000);
      if (left < 0) return null;
      return left === 0 ? words("now") : words("in", { span: minutes(left) });
    },
    minutes,
    inSentence: (sentence, now) =>
      sentence.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (iso) => dayAndClock(iso, now)),
  };
}

/** "+1", "−3:30", nothing for 0. */
function signed(minutes: number): string {
  if (minutes === 0) return "";
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? "−" : "+"}${hours}${rest === 0 ? "" : `:${`${rest}`.padStart(2, "0")}`}`;
}

const near = new Map<number, "yesterday" | "today" | "tomorrow">([
  [-1, "yesterday"],
  [0, "today"],
  [1, "tomorrow"],
]);
