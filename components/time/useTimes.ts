"use client";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { useMemo } from "react";
import { useClockHours } from "./ReadersClock.tsx";
import { useZones } from "./ShownZones.tsx";
import { type Times, timesIn } from "./times.ts";

/**
 * Formats dates and times in the reader's language and by the server's rules.
 * @param of a zone other than the one that this part of the page is in
 */
export function useTimes(of?: string): Times {
  const words = useTranslations("time");
  const language = useLocale();
  const here = useTimeZone();
  const zone = of ?? here;
  if (!zone) throw new Error("No zone: server/language/language.ts gives one to every page");
  const { rules } = useZones();
  const hours = useClockHours();
  return useMemo(
    () => timesIn(words, language, rules(zone), hours),
    [words, language, rules, zone, hours],
  );
}
