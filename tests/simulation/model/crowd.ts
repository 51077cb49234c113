/** Accounts that take only so many calls at once, which no provider publishes. */
import { ProviderError } from "#lib/providers/errors.ts";
import type { Faults } from "#tests/simulation/machine/faults.ts";
import type { Scheduler } from "#tests/simulation/machine/scheduler.ts";

/** A call of a process that was killed is over for the provider, too. */
const LONGEST_MS = 60_000;

export class Crowd {
  readonly #most = new Map<string, number>();
  readonly #always = new Map<string, number>();
  readonly #begun = new Map<string, Set<{ at: number }>>();
  /** How many calls were too many. */
  refused = 0;

  /** From now on that account takes so many calls at once, also on calm days. */
  limit(account: string, most: number): void {
    this.#always.set(account, most);
  }

  /**
   * A call to that account comes in.
   * @returns a function that ends it
   * @throws ProviderError where too many are under way
   */
  enter({ now, dice }: Scheduler, faults: Faults, account: string): () => void {
    if (!this.#most.has(account) && faults.strikes("crowded", 0.2)) {
      this.#most.set(account, dice.int(1, 3));
    }
    const begun = this.#begun.get(account) ?? new Set();
    this.#begun.set(account, begun);
    for (const call of begun) if (call.at + LONGEST_MS < now) begun.delete(call);
    const most = this.#always.get(account) ?? (faults.isCalm ? undefined : this.#most.get(account));
    if (most !== undefined && begun.size >= most) {
      this.refused += 1;
      throw new ProviderError("rate_limited", "Simulated: crowded");
    }
    const call = { at: now };
    begun.add(call);
    return () => void begun.delete(call);
  }
}
