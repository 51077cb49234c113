"use client";
import { createContext, type ReactNode, useContext } from "react";
import type { ClockHours } from "#lib/platform/dateWords.ts";

const HoursContext = createContext<ClockHours>(24);

/** Says on which clock the reader of all that is inside it reads times. */
export const ReadersClock = (props: { hours: ClockHours; children: ReactNode }) => (
  <HoursContext value={props.hours}>{props.children}</HoursContext>
);

export const useClockHours = (): ClockHours => useContext(HoursContext);
