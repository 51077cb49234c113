/** Whether the answers of one kind of call have become slower. One answer alone decides nothing. */

/** So many answers are compared with as many. */
const WINDOW = 12;
/** How much slower the middle and the quickest answer have to be. Answers' usual spread stays below both. */
const SLOWER = { middle: 1.5, quickest: 1.25 };
/** A single answer is called quick up to so many times the quickest one. */
const QUICK = 2;
/** After this time what was quick is forgotten, so that a provider may become slower for good. */
const FORGET_MS = 20_000;

interface Summary {
  at: number;
  middle: number;
  quickest: number;
}

/** A quarter of them were quicker: what is quick for this provider, and yet no stroke of luck. */
const usual = (times: number[]): number =>
  times.sort((a, b) => a - b)[times.length >> 2] ?? Number.POSITIVE_INFINITY;

export class AnswerTimes {
  #window: number[] = [];
  #before: Summary[] = [];

  /** Whether an answer that took so long was about as quick as others shortly before. */
  isQuick(took: number): boolean {
    const quickest = Math.min(...this.#window, ...this.#before.map((summary) => summary.quickest));
    return took <= QUICK * quickest;
  }

  /**
   * @returns with the last answer of a window that was slower than those shortly before: how much of the speed is left,
   *   as a part of one; otherwise null
   */
  add(took: number, at: number): number | null {
    this.#window.push(took);
    if (this.#window.length < WINDOW) return null;
    const sorted = this.#window.sort((a, b) => a - b);
    const middle = sorted[sorted.length >> 1] ?? took;
    const quickest = sorted[0] ?? took;
    this.#window = [];
    this.#before = this.#before.filter((summary) => at - summary.at < FORGET_MS);
    const usually = usual(this.#before.map((summary) => summary.middle));
    const isSlower =
      middle > SLOWER.middle * usually &&
      quickest > SLOWER.quickest * usual(this.#before.map((summary) => summary.quickest));
    this.#before.push({ at, middle, quickest });
    return isSlower ? usually / middle : null;
  }
}
