/** Times as the services read them: with an offset, or as clocks in a zone show them. */

export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }) !== null;
  } catch {
    return false;
  }
}

// Temporal reads more than the services do: days without a time, second 60, and zones behind it.
const spelling =
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::[0-5]\d(?:\.\d{1,9})?)?(?<offset>Z|[+-]\d\d:?\d\d)?$/i;

/**
 * @param zone says what a time without an offset means; one that a daylight-saving change skips is
 * the same time after it, one that comes twice the first
 * @returns null for what is no time
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
    if (error instanceof RangeError) return null; // The 30th of February.
    throw error;
  }
}
