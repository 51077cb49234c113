"use client";
import type { ReactNode } from "react";
import { useNow } from "./useNow.ts";
import { Said } from "./useSaid.ts";
import { useTimes } from "./useTimes.ts";

/** Has what refusals say inside it name times in the zone of this part of the page. */
export function SaidHere({ children }: { children: ReactNode }) {
  const times = useTimes();
  const now = useNow();
  return <Said value={(sentence) => times.inSentence(sentence, now)}>{children}</Said>;
}
