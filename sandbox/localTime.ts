/** Times as the services read them: with an offset, or as clocks in a zone show them. */

/** Runtimes take an offset for a zone, the services don't. */
export function isZone(zone: string): boolean {
  if (/^[+-]/.test(zone)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }) !== null;
  } catch {
    return false;
  }
}

// Temporal accepts more than the services do: dates without a time, second 60, and a zone after the time.
const spelling =
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::[0-5]\d(?:\.\d{1,9})?)?(?<offset>Z|[+-]\d\d:?\d\d)?$/i;

/**
 * @param zone the zone for a time without an offset. A time that a daylight-saving change skips is read with
 *   the offset from before the change; of one that occurs twice, the first is meant
 * @returns null if the text is not a time
 */
export function instantOf(text: string, zone: string): Date | null {
  const groups = spelling.exec(text)?.groups;
  if (!groups) return null;
  try {
    const at = groups.offset
      ? Temporal.Instant.from(text)
      : Temporal.PlainDateTime.from(text).toZonedDateTime(zone);
    return new Date(at.epochMilliseconds);
  } catch (error) {
    if (error instanceof RangeError) return null; // Such as the 30th of February.
    throw error;
  }
}
