/** Repeatable randomness: the same seed gives the same throws. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    // The bits are spread so that neighbouring seeds don't begin alike.
    this.#state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  }

  /**
   * A number in [0, 1), by Mulberry32, a published 32-bit generator that is good enough for small choices.
   */
  next = (): number => {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  pick<T>(list: readonly T[]): T {
    const one = list[this.int(0, list.length - 1)];
    if (one === undefined) throw new Error("Nothing to pick from");
    return one;
  }

  uuid(): string {
    const hex = Array.from({ length: 8 }, () =>
      Math.floor(this.next() * 65_536)
        .toString(16)
        .padStart(4, "0"),
    ).join("");
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `8${hex.slice(17, 20)}`,
      hex.slice(20),
    ].join("-");
  }
}
