/** Instants and the clocks of a zone, without any words: for inputs, comparisons and countdowns. */
import { DateTime } from "luxon";

const at = (iso: string, zone: string): DateTime => DateTime.fromISO(iso, { zone });

/** Whether clocks in the two zones show the same at that instant. */
export const sameClock = (iso: string, one: string, other: string): boolean =>
  at(iso, one).offset === at(iso, other).offset;

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
