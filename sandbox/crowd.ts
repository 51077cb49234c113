/** Answers take time, and a provider takes only so many of an account's calls at once. No provider publishes how many. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Reply } from "#sandbox/http.ts";

interface Choices {
  answersTakeMs: number;
  mostAtOnce: number | null;
  beyondThat: "refused" | "slower";
}

export class Crowd {
  readonly #underWay = new Map<string, number>();

  /** @param refuse the provider's own words for too many calls */
  async through(
    { answersTakeMs, mostAtOnce, beyondThat }: Choices,
    account: string,
    refuse: () => Reply,
    work: () => Reply | Promise<Reply>,
  ): Promise<Reply> {
    const count = (this.#underWay.get(account) ?? 0) + 1;
    const share = mostAtOnce === null ? 1 : count / mostAtOnce;
    if (share > 1 && beyondThat === "refused") return refuse();
    this.#underWay.set(account, count);
    try {
      if (answersTakeMs > 0) await sleep(answersTakeMs * Math.max(1, share));
      return await work();
    } finally {
      this.#underWay.set(account, (this.#underWay.get(account) ?? 1) - 1);
    }
  }
}
