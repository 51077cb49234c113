/**
 * Vancouver's clocks by the rules of before and after British Columbia gave up changing them (November 2026),
 * whatever this machine knows of it. All other zones are the machine's.
 */
import { systemZoneRules, type ZoneRules } from "#lib/platform/zones/zoneRules.ts";
import { zoneNamed } from "./zoneNamed.ts";

export const VANCOUVER = "America/Vancouver";

/** Like Los Angeles, in winter eight hours behind. */
export const olderRules: ZoneRules = (name) =>
  name === VANCOUVER ? { ...zoneNamed("America/Los_Angeles"), name } : systemZoneRules(name);

/** From spring 2026 on seven hours behind, in winter too. */
export const newerRules: ZoneRules = (name) =>
  name === VANCOUVER
    ? {
        name,
        offsetAt: (at) => (at < SPRING ? zoneNamed("America/Los_Angeles").offsetAt(at) : -420),
      }
    : systemZoneRules(name);

const SPRING = Date.UTC(2026, 2, 8, 10);
