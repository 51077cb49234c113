/**
 * The browser's list, with UTC, which it lacks, and the present choice, which may be an alias. Some browsers also list
 * fixed offsets, which follow no place's clocks, and whose signs are the other way round.
 */
export function zones(present: string | null): string[] {
  const places = Intl.supportedValuesOf("timeZone").filter((id) => /^(?!Etc\/).+\//.test(id));
  const all = new Set(["UTC", ...places]);
  if (present) all.add(present);
  return [...all].sort();
}
