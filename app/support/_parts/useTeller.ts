import { useTranslations } from "next-intl";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { Teller } from "#server/support/sentences.ts";

/** Writes support's sentences in the reader's language and zone. */
export function useTeller(): Teller {
  const words = useTranslations("support");
  const names = useTranslations("providers");
  const times = useTimes();
  const now = useNow();
  return {
    words,
    label: (provider) => names(provider),
    when: (iso) => times.dayAndClock(iso, now),
  };
}
