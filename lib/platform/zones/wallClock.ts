/** What people agree on: what clocks show in some place. See the paragraph at the columns in …_wall_clocks.sql. */
import { fromLocalInput, shownAt } from "#lib/platform/localTime.ts";
import { UTC, type Zone, type ZoneRules } from "./zoneRules.ts";

const MINUTE = 60_000;

/** An instant as clocks in a zone show it. */
export interface WallClock {
  /** "2027-01-11T10:00", with seconds only where there are any. */
  local: string;
  /** Minutes by which the clocks are ahead of UTC. */
  offset: number;
}

export const wallClock = (at: Date, zone: Zone): WallClock => ({
  local: shownAt(at.toISOString(), zone).replace(/(:00)?(\.000)?Z$/, ""),
  offset: zone.offsetAt(at.getTime()),
});

/** The columns that hold it. */
export const wallClockColumns = (at: Date, zone: Zone) => {
  const { local, offset } = wallClock(at, zone);
  return { starts_local: local, utc_offset: offset };
};

/**
 * The zone in which a time was written down. Where the rules lack it, the offset that was kept holds, so that the time
 * stays as it is and no change of rules is seen; it says nothing about any other time.
 */
export function zoneAsKept(
  rules: ZoneRules,
  { time_zone: name, utc_offset: offset }: { time_zone: string; utc_offset: number | null },
): Zone {
  const known = rules(name);
  if (known) return known;
  return offset === null ? UTC : { name, offsetAt: () => offset };
}

/**
 * When it is by the present rules, if it was written down by other rules; otherwise null. Also null where it isn't
 * known, or the instant was changed without it.
 */
export function movedByRules(
  kept: { starts_local: string | null; utc_offset: number | null },
  at: Date,
  zone: Zone,
): Date | null {
  const { starts_local: local, utc_offset: offset } = kept;
  if (local === null || offset === null) return null;
  const wasAt = Date.parse(`${local}Z`) - offset * MINUTE;
  if (wasAt !== at.getTime() || zone.offsetAt(wasAt) === offset) return null;
  const now = fromLocalInput(local, zone);
  return now === null ? null : new Date(now);
}

/** "+05:30" */
export function offsetName(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? "-" : "+"}${pad(hours)}:${pad(rest)}`;
}

const pad = (value: number): string => `${value}`.padStart(2, "0");
