"use client";
import { useState } from "react";
import { type Answer, call, type Problem } from "./api.ts";

/** One request at a time from one form or button: whether it is under way, and why it was refused. */
export function useCall() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function send<T>(...request: Parameters<typeof call>): Promise<Answer<T>> {
    setBusy(true);
    setProblem(null);
    const answer = await call<T>(...request);
    setBusy(false);
    if (!answer.ok) setProblem(answer.problem);
    return answer;
  }

  /** The sentence for that field. */
  const at = (field: string): string | null => (problem?.field === field ? problem.sentence : null);
  return { busy, problem, send, at, forget: () => setProblem(null) };
}
