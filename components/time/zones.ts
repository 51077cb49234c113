/** The browser's list, with UTC, which it lacks, and the present choice, which may be an alias. */
export function zones(present: string | null): string[] {
  const all = new Set(["UTC", ...Intl.supportedValuesOf("timeZone")]);
  if (present) all.add(present);
  return [...all].sort();
}
