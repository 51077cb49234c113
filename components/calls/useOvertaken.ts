import { useRouter } from "next/navigation";
import { notify } from "#components/onDemand/notify.ts";
import type { Problem } from "./api.ts";
import { useSentence } from "./useCall.ts";

/**
 * What somebody was about to decide has been decided meanwhile, in another window as a rule. Then this page shows it no
 * more, so the word stands in the corner, and the page is read again.
 * @returns whether it was so
 */
export function useOvertaken(): (problem: Problem) => boolean {
  const router = useRouter();
  const sentenceOf = useSentence();
  return (problem) => {
    if (problem.code !== "wrong_state") return false;
    void notify(sentenceOf(problem), "red");
    router.refresh();
    return true;
  };
}
