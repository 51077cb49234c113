import { useNow, useTimeZone } from "next-intl";
import type { ReactNode } from "react";
import type { ZoneTable } from "#lib/platform/zones/zoneTable.ts";
import { Clock } from "./Clock.tsx";
import { SaidHere } from "./SaidHere.tsx";
import { ShownZones } from "./ShownZones.tsx";
import { TimeFrame } from "./TimeFrame.tsx";

interface Props {
  /** How often the page's time steps, in milliseconds. Without it, it stays as rendered. */
  everyMs?: number;
  /** The server's rules of the zones that the page shows. */
  zones: ZoneTable;
  children: ReactNode;
}

/**
 * Goes around each page that shows times. The root layout gives a time and a zone too, but it stays while one
 * page follows another, so those get old.
 */
export const PageTime = ({ everyMs, zones, children }: Props) => (
  <ShownZones table={zones}>
    <TimeFrame now={useNow()} timeZone={useTimeZone()}>
      <SaidHere>{everyMs ? <Clock everyMs={everyMs}>{children}</Clock> : children}</SaidHere>
    </TimeFrame>
  </ShownZones>
);
