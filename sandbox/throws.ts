import { createHash } from "node:crypto";

/** Numbers by chance that are the same for the same seed. */
export class Throws {
  readonly #seed: number;
  #count = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** In (0, 1]. */
  next(): number {
    this.#count += 1;
    const hash = createHash("sha256").update(`${this.#seed} ${this.#count}`).digest();
    return (hash.readUInt32BE(0) + 1) / 2 ** 32;
  }

  /** Lognormal with a median of one, as the times of answers are. */
  spread(sigma: number): number {
    const normal = Math.sqrt(-2 * Math.log(this.next())) * Math.cos(2 * Math.PI * this.next());
    return Math.exp(sigma * normal);
  }
}
