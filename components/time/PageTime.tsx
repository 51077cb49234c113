import { useNow, useTimeZone } from "next-intl";
import type { ReactNode } from "react";
import { Clock } from "./Clock.tsx";
import { TimeFrame } from "./TimeFrame.tsx";

interface Props {
  /** How often the page's time steps, in milliseconds. Without it, it stays as rendered. */
  everyMs?: number;
  children: ReactNode;
}

/**
 * Goes around each page that shows times. The root layout gives a time and a zone too, but it stays while one
 * page follows another, so those get old.
 */
export const PageTime = ({ everyMs, children }: Props) => (
  <TimeFrame now={useNow()} timeZone={useTimeZone()}>
    {everyMs ? <Clock everyMs={everyMs}>{children}</Clock> : children}
  </TimeFrame>
);
