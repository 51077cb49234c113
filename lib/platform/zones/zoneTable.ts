/** The server's zone rules as data, for pages in browsers that have other rules or don't know a zone at all. */
import { UTC, type Zone, type ZoneRules, zoneOrUtc } from "./zoneRules.ts";

/** What the clocks of some zones show from one instant to another, both in milliseconds. */
export interface ZoneTable {
  from: number;
  until: number;
  /** By the zone's name: its offset at `from`, then each change as its instant and the offset from then on. */
  zones: Record<string, number[]>;
  /** Names that the server has no rules for. They are shown in UTC also where the browser has some. */
  unknown: string[];
}

const YEARS = 10;
const MINUTE = 60_000;
/** No zone changes its clocks twice within that time and goes back to what it had. */
const STEP = 7 * 24 * 60 * MINUTE;

/** Ten years back and ahead. */
export function zoneTable(rules: ZoneRules, names: string[], now: Date): ZoneTable {
  const year = now.getUTCFullYear();
  const [from, until] = [Date.UTC(year - YEARS, 0), Date.UTC(year + YEARS + 1, 0)];
  const asked = [...new Set(names)];
  const known = asked.flatMap((name) => rules(name) ?? []);
  return {
    from,
    until,
    zones: Object.fromEntries(
      known.map((zone) => [zone.name, changesOf(rules, zone, from, until)]),
    ),
    unknown: asked.filter((name) => !rules(name)),
  };
}

const found = new WeakMap<ZoneRules, Map<string, number[]>>();

/** Finding them takes a millisecond, which each page would take for each zone. */
function changesOf(rules: ZoneRules, zone: Zone, from: number, until: number): number[] {
  const known = found.get(rules) ?? new Map<string, number[]>();
  found.set(rules, known);
  const key = `${from} ${zone.name}`;
  const changes = known.get(key) ?? findChanges(zone, from, until);
  known.set(key, changes);
  return changes;
}

function findChanges(zone: Zone, from: number, until: number): number[] {
  const changes = [zone.offsetAt(from)];
  for (let at = from; at < until; at += STEP) {
    const next = Math.min(at + STEP, until);
    if (zone.offsetAt(next) === zone.offsetAt(at)) continue;
    const change = firstAfter(zone, at, next);
    changes.push(change, zone.offsetAt(change));
  }
  return changes;
}

/** The minute between the two from which on clocks show what they show at `later`. */
function firstAfter(zone: Zone, earlier: number, later: number): number {
  let [low, high] = [earlier, later];
  while (high - low > MINUTE) {
    const middle = low + Math.floor((high - low) / MINUTE / 2) * MINUTE;
    if (zone.offsetAt(middle) === zone.offsetAt(later)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * The rules that a table holds.
 * @param beyond answers for zones and years that the table lacks
 */
export const rulesOf =
  ({ from, until, zones, unknown }: ZoneTable, beyond: ZoneRules): ((name: string) => Zone) =>
  (name) => {
    if (unknown.includes(name)) return UTC;
    const other = zoneOrUtc(beyond, name);
    const changes = Object.hasOwn(zones, name) ? zones[name] : undefined;
    if (!changes) return other;
    const offsetAt = (at: number) =>
      at >= from && at < until ? offsetIn(changes, at) : other.offsetAt(at);
    return { name, offsetAt };
  };

function offsetIn(changes: number[], at: number): number {
  let index = changes.length - 1;
  while (index > 0 && (changes[index - 1] ?? 0) > at) index -= 2;
  return changes[index] ?? 0;
}
