/** Answers take time, and a provider takes only so many of an account's calls at once. No provider publishes how many. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Operation } from "#sandbox/faults.ts";
import type { Reply } from "#sandbox/http.ts";
import { Throws } from "#sandbox/throws.ts";

interface Choices {
  answersTakeMs: Partial<Record<Operation, number>>;
  answersSpread: { sigma: number; seed: number };
  mostAtOnce: number | null;
  beyondThat: "refused" | "slower";
}

interface Entry {
  account: string;
  operation: Operation;
  /** The provider's own words for too many calls. */
  refuse: () => Reply;
  work: () => Reply | Promise<Reply>;
}

export class Crowd {
  readonly #underWay = new Map<string, number>();
  #seed = 1;
  #throws = new Throws(1);

  async through(choices: Choices, { account, operation, refuse, work }: Entry): Promise<Reply> {
    const { answersTakeMs, answersSpread, mostAtOnce, beyondThat } = choices;
    const count = (this.#underWay.get(account) ?? 0) + 1;
    const share = mostAtOnce === null ? 1 : count / mostAtOnce;
    if (share > 1 && beyondThat === "refused") return refuse();
    this.#underWay.set(account, count);
    try {
      const usual = answersTakeMs[operation] ?? 0;
      if (usual > 0) await sleep(usual * Math.max(1, share) * this.#spread(answersSpread));
      return await work();
    } finally {
      this.#underWay.set(account, (this.#underWay.get(account) ?? 1) - 1);
    }
  }

  /** Other times begin with another seed. */
  #spread({ sigma, seed }: Choices["answersSpread"]): number {
    if (seed !== this.#seed) {
      this.#seed = seed;
      this.#throws = new Throws(seed);
    }
    return this.#throws.spread(sigma);
  }
}
