import { useTranslations } from "next-intl";
import { useTimes } from "#components/time/useTimes.ts";
import type { Teller } from "#server/support/sentences.ts";

export interface At {
  /** IANA. */
  zone: string;
  now: string;
}

/** Writes support's sentences in the reader's language and zone. */
export function useTeller({ zone, now }: At): Teller {
  const words = useTranslations("support");
  const names = useTranslations("providers");
  const times = useTimes(zone);
  return {
    words,
    label: (provider) => names(provider),
    when: (iso) => times.dayAndClock(iso, now),
  };
}
