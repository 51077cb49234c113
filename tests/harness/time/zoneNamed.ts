import { systemZoneRules, type Zone } from "#lib/platform/zones/zoneRules.ts";

/** A zone that every machine knows. */
export function zoneNamed(name: string): Zone {
  const zone = systemZoneRules(name);
  if (!zone) throw new Error(`This machine doesn't know ${name}`);
  return zone;
}
