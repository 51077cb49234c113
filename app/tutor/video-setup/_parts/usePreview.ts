"use client";
import { useEffect, useState } from "react";
import { type Answer, call } from "#components/api.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import type { MigrationPreview } from "#lib/services/previewViews.ts";

/**
 * What a switch would do, as the server works it out while it is asked for; null until it is known.
 * @param count of future lessons: another number is a reason to ask again
 */
export function usePreview(provider: ProviderId, isAsked: boolean, count: number) {
  const [answer, setAnswer] = useState<Answer<MigrationPreview> | null>(null);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another count, or "Try again", asks anew
  useEffect(() => {
    if (!isAsked) return setAnswer(null);
    let isLeft = false;
    const path = `/api/migrations/preview?provider=${provider}`;
    void call<MigrationPreview>("GET", path).then((told) => {
      if (!isLeft) setAnswer(told);
    });
    return () => {
      isLeft = true;
    };
  }, [provider, isAsked, count, tries]);
  return { answer, again: () => setTries((before) => before + 1) };
}
