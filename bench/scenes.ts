/** What is measured: from where to where, how many lessons, and how many calls the account takes at once. */

export const directions = [
  { from: "zoom", to: "google", lessons: 100, answersTakeMs: 800, perSecond: null },
  // Four fifths of the twenty a second that the Pro plan allows.
  { from: "google", to: "zoom", lessons: 80, answersTakeMs: 600, perSecond: 16 },
] as const;
export type Direction = (typeof directions)[number];

const counts = [2, 4, 8, 16];
/** What becomes of calls beyond that. */
export const manners = ["refused", "slower"] as const;

export interface Scene {
  direction: Direction;
  k: number;
  beyondThat: (typeof manners)[number];
}

export const scenes: readonly Scene[] = directions.flatMap((direction) =>
  manners.flatMap((beyondThat) => counts.map((k) => ({ direction, k, beyondThat }))),
);

export interface Outcome {
  /** From the consent to the last link. */
  seconds: number;
  /** From the consent to the first link, in round trips. */
  soonest: number;
  refusals: number;
  /** Creates for each lesson. */
  calls: number;
  /** Lessons that have no link in the end. */
  without: number;
  /** Meetings that no lesson leads to. */
  orphans: number;
}

/** Seconds that a client needs that knows the number and keeps to our share of the published limits. */
export function floorOf({ direction, k }: Scene): number {
  const { lessons, answersTakeMs, perSecond } = direction;
  const byNumber = (Math.ceil(lessons / k) * answersTakeMs) / 1000;
  const byPace = perSecond === null ? 0 : (lessons - perSecond) / perSecond + answersTakeMs / 1000;
  return Math.max(byNumber, byPace);
}

/** Seconds that the requirement documents' loop needs: one call after the other. */
export const loopOf = ({ lessons, answersTakeMs }: Direction): number =>
  (lessons * answersTakeMs) / 1000;
