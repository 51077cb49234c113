import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { type Times, timesIn } from "./times.ts";

/** Formats dates and times in the reader's language and this zone, on the server and in the browser. */
export function useTimes(zone: string): Times {
  const words = useTranslations("time");
  const language = useLocale();
  return useMemo(() => timesIn(words, language, zone), [words, language, zone]);
}
