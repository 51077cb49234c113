"use client";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { systemZoneRules, type Zone } from "#lib/platform/zones/zoneRules.ts";
import { rulesOf, type ZoneTable } from "#lib/platform/zones/zoneTable.ts";

interface Shown {
  rules: (name: string) => Zone;
  /** Whether the page has the server's rules of that zone. */
  has: (zone: string) => boolean;
}

const Zones = createContext<Shown | null>(null);

/** Gives all that is inside it the server's rules of the zones that the page shows. */
export function ShownZones({ table, children }: { table: ZoneTable; children: ReactNode }) {
  const shown = useMemo(
    () => ({
      rules: rulesOf(table, systemZoneRules),
      has: (zone: string) => Object.hasOwn(table.zones, zone),
    }),
    [table],
  );
  return <Zones value={shown}>{children}</Zones>;
}

export function useZones(): Shown {
  const shown = useContext(Zones);
  if (!shown) throw new Error("No zone rules: a page that shows times stands in PageTime");
  return shown;
}
