/**
 * What clocks show where: the one source of it. The server's rules are those of its own runtime, and pages get
 * them from the server, because a browser may have older ones (decision 032).
 */
import { tzOffset } from "@date-fns/tz/tzOffset";

/** A time zone by one set of rules. */
export interface Zone {
  /** An IANA name. */
  name: string;
  /** Minutes by which its clocks are ahead of UTC at that instant, which is in milliseconds. */
  offsetAt(at: number): number;
}

/**
 * Services take it from their context like the clock, and tests set it. Null for a name that these rules lack: a server
 * with newer ones has written it, and by guessing its offset a lesson would be hours off.
 */
export type ZoneRules = (name: string) => Zone | null;

export const UTC: Zone = { name: "UTC", offsetAt: () => 0 };

/** The rules of this runtime. */
export const systemZoneRules: ZoneRules = (name) =>
  Number.isNaN(tzOffset(name, EPOCH))
    ? null
    : { name, offsetAt: (at) => tzOffset(name, new Date(at)) };

/** For showing instants to somebody: where their zone isn't known, in UTC, which its name says. */
export const zoneOrUtc = (rules: ZoneRules, name: string): Zone => rules(name) ?? UTC;

const EPOCH = new Date(0);
