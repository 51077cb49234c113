"use client";
import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import { useSaid } from "#components/time/useSaid.ts";
import type { Messages } from "#lib/platform/words.ts";
import { type Answer, call, type Problem } from "./api.ts";

/** Says why a request was refused: in the catalog's words for its code, or else in the answer's own. */
export function useSentence(): (problem: Problem) => string {
  const words = useTranslations("problems");
  const asSaidHere = useSaid();
  return useCallback(
    ({ code, said }) => {
      const known = code as keyof Messages["problems"];
      return words.has(known) ? words(known) : asSaidHere(said ?? words("unknown"));
    },
    [words, asSaidHere],
  );
}

/**
 * Sends one request at a time from one form or button. Says whether one is under way, and why it was refused.
 */
export function useCall() {
  const sentenceOf = useSentence();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Problem | null>(null);
  const problem = refused && { ...refused, sentence: sentenceOf(refused) };

  async function send<T>(...request: Parameters<typeof call>): Promise<Answer<T>> {
    setBusy(true);
    setRefused(null);
    const answer = await call<T>(...request);
    setBusy(false);
    if (!answer.ok) setRefused(answer.problem);
    return answer;
  }

  /** The sentence to show at that field. */
  const at = (field: string): string | null =>
    refused?.field === field
      ? sentenceOf({ ...refused, said: refused.saidAtField ?? refused.said })
      : null;
  return { busy, problem, send, at, forget: () => setRefused(null) };
}
