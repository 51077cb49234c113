/**
 * Every date and time on a page comes from here: instants are ISO 8601 in UTC, the zone is always
 * named by the caller (never the machine's), and the words are English whatever the machine's locale.
 */
import { DateTime } from "luxon";

const at = (iso: string, zone: string): DateTime => DateTime.fromISO(iso, { zone }).setLocale("en");

/** "16:00" */
export const clock = (iso: string, zone: string): string => at(iso, zone).toFormat("HH:mm");

/** "16:00 – 16:45" */
export const clockRange = (from: string, to: string, zone: string): string =>
  `${clock(from, zone)} – ${clock(to, zone)}`;

/** "Today", "Tomorrow", "Yesterday", "Fri 4 December"; with the year where it isn't this one. */
export function day(iso: string, zone: string, now: string): string {
  const date = at(iso, zone);
  const today = at(now, zone).startOf("day");
  const distance = Math.round(date.startOf("day").diff(today, "days").days);
  if (distance === 0) return "Today";
  if (distance === 1) return "Tomorrow";
  if (distance === -1) return "Yesterday";
  return fullDay(iso, zone, now);
}

/** "Fri 4 December", with the year where it isn't this one. */
export function fullDay(iso: string, zone: string, now: string): string {
  const date = at(iso, zone);
  return date.toFormat(date.year === at(now, zone).year ? "ccc d LLLL" : "ccc d LLLL yyyy");
}

/** "today 16:00", "Fri 4 December 16:00" */
export function dayAndClock(iso: string, zone: string, now: string): string {
  const name = day(iso, zone, now);
  const inSentence = /^(Today|Tomorrow|Yesterday)$/.test(name) ? name.toLowerCase() : name;
  return `${inSentence} ${clock(iso, zone)}`;
}

/** Equal for two instants on the same calendar day of that zone. */
export const dayKey = (iso: string, zone: string): string => at(iso, zone).toISODate() ?? iso;

/** "Europe/Berlin (UTC+1)", as it is at that instant. */
export function zoneName(zone: string, iso: string): string {
  const date = at(iso, zone);
  return `${zone.replaceAll("_", " ")} (UTC${date.offset === 0 ? "" : date.toFormat("Z").replace("-", "−")})`;
}

/** Whether clocks in the two zones show the same at that instant. */
export const sameClock = (iso: string, one: string, other: string): boolean =>
  at(iso, one).offset === at(iso, other).offset;

/** "in 12 min", "in 1 h 5 min", "now"; null for another day or the past. */
export function soon(iso: string, zone: string, now: string): string | null {
  if (dayKey(iso, zone) !== dayKey(now, zone)) return null;
  const minutes = Math.ceil((Date.parse(iso) - Date.parse(now)) / 60_000);
  if (minutes < 0) return null;
  return minutes === 0 ? "now" : `in ${minutesInWords(minutes)}`;
}

/** "45 min", "1 h 30 min", "2 h" */
export function minutesInWords(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
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

/** The value of a `datetime-local` input, as clocks in `zone` show the instant. */
export const toLocalInput = (iso: string, zone: string): string =>
  at(iso, zone).toFormat("yyyy-MM-dd'T'HH:mm");

/**
 * The instant that a `datetime-local` value means in `zone`, or null where it is no date at all.
 * A time that a daylight-saving change skips becomes the same time after it; one that comes twice
 * means the first.
 */
export function fromLocalInput(value: string, zone: string): string | null {
  const date = DateTime.fromISO(value, { zone });
  if (!date.isValid) return null;
  const [first = date] = date.getPossibleOffsets().sort((a, b) => a.toMillis() - b.toMillis());
  return first.toUTC().toISO();
}

/** A sentence of the API with its ISO instants as the viewer's clocks show them. */
export const instantsInZone = (sentence: string, zone: string, now: string): string =>
  sentence.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (iso) => dayAndClock(iso, zone, now));
