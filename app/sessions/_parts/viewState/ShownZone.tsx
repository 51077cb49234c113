"use client";
import type { ReactNode } from "react";
import { SaidHere } from "#components/time/SaidHere.tsx";
import { TimeFrame } from "#components/time/TimeFrame.tsx";
import { useViewState } from "./useViewState.ts";

/** Shows the times inside it in the zone that the address names, or in the viewer's own if it names none. */
export function ShownZone({ children }: { children: ReactNode }) {
  const { viewState } = useViewState();
  return (
    <TimeFrame timeZone={viewState.zone ?? undefined}>
      <SaidHere>{children}</SaidHere>
    </TimeFrame>
  );
}
