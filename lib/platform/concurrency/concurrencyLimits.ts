/** The limits of this process, one for each account at a provider. */
import { ConcurrencyLimit } from "./concurrencyLimit.ts";

/** Whoever wasn't called for longest begins anew. */
const MOST_KEPT = 10_000;

export class ConcurrencyLimits {
  readonly #limits = new Map<string, ConcurrencyLimit>();

  /** @param start how many calls may be under way to an account that this process hasn't called yet */
  of(account: string, start: number): ConcurrencyLimit {
    const limit = this.#limits.get(account) ?? new ConcurrencyLimit(start);
    this.#limits.delete(account);
    this.#limits.set(account, limit);
    const [oldest] = this.#limits.keys();
    if (this.#limits.size > MOST_KEPT && oldest !== undefined) this.#limits.delete(oldest);
    return limit;
  }
}
