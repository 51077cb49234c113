/** What is measured: from where to where, how many lessons, how many calls the account takes at once, and what goes wrong. */
import { described, type Manner, type Trouble } from "./troubles.ts";

/** Milliseconds that an answer usually takes. */
export const TAKES = { google: 800, zoom: 600, delete: 300 } as const;
/** How much those times differ: the sigma of their lognormal. One in forty takes 1.6 times as long as usual. */
export const SPREAD = 0.25;
/** Four fifths of what the providers publish: Google by the minute and user, Zoom's Pro plan by the second. */
const OUR_SHARE = { google: 480 / 60, zoom: 16 } as const;

export interface Scene {
  to: "google" | "zoom";
  tutors: number;
  /** Of each tutor. */
  lessons: number;
  k: number;
  /** What becomes of calls beyond that. */
  beyondThat: Manner;
  trouble: Trouble;
  seed: number;
}

const counts = [2, 4, 8, 16];
const manners = ["refused", "slower"] as const;
const targets = ["google", "zoom"] as const;
/** Zoom's day has a hundred creates and updates. */
const LESSONS = { google: 100, zoom: 80 } as const;
const usual = { tutors: 1, beyondThat: "refused", trouble: "nothing" } as const;

/** One account, nothing goes wrong: how near each comes to what is possible. */
const clean = targets.flatMap((to) =>
  manners.flatMap((beyondThat) =>
    counts.map((k) => ({ ...usual, to, lessons: LESSONS[to], k, beyondThat })),
  ),
);
const rough = (["errors", "storm", "lost", "kill", "restart"] as const).map((trouble) => ({
  ...usual,
  to: "google" as const,
  lessons: LESSONS.google,
  k: 8,
  trouble,
}));
const many = [
  { ...usual, to: "google" as const, lessons: 250, k: 8 },
  { ...usual, to: "google" as const, lessons: 1_000, k: 8 },
  ...targets.map((to) => ({ ...usual, to, tutors: 25, lessons: 40, k: 8 })),
];

/** @param seeds of the clean and the rough scenes; those with many lessons are played once */
export const scenesWith = (seeds: readonly number[]): Scene[] => [
  ...[...clean, ...rough].flatMap((scene) => seeds.map((seed) => ({ ...scene, seed }))),
  ...many.map((scene) => ({ ...scene, seed: 1 })),
];

export interface Outcome {
  /** From the consent to the last link that was stored; infinite where that took too long. */
  seconds: number;
  /** From the consent to the first link, in round trips. */
  soonest: number;
  /** Creates that were refused, or whose answer was lost. */
  inVain: number;
  /** All calls about meetings, for each lesson. */
  calls: number;
  /** Lessons that have no living link in the end. */
  dead: number;
  /** Meetings that no lesson leads to. */
  orphans: number;
  /** From the kill to the next meeting that was made. */
  recovery: number | null;
}

/**
 * Seconds that a client needs that knows how many calls the account takes, is never refused, and keeps to our share of the
 * published limits. Answers take a little longer than usual on average.
 */
export function floorOf({ to, tutors, lessons, k }: Scene): number {
  const answer = (TAKES[to] / 1000) * Math.exp(SPREAD ** 2 / 2);
  const byNumber = (lessons / k) * answer;
  const all = to === "zoom" && tutors > 1 ? lessons : lessons * tutors;
  const atOnce = to === "google" ? 480 : OUR_SHARE.zoom;
  const byPace = tutors > 1 ? 0 : Math.max(0, all - atOnce) / OUR_SHARE[to] + answer;
  return Math.max(byNumber, byPace);
}

/** Seconds that the requirement documents' loop needs: one call after the other. */
export const loopOf = ({ to, tutors, lessons }: Scene): number =>
  (tutors * lessons * TAKES[to] * Math.exp(SPREAD ** 2 / 2)) / 1000;

export const inWords = ({ to, tutors, lessons, k, beyondThat, trouble, seed }: Scene): string =>
  [
    tutors > 1 ? `${tutors} tutors with ${lessons} lessons each` : `${lessons} lessons`,
    `to ${to}, more than ${k} at once are ${beyondThat}, ${described[trouble]}, seed ${seed}`,
  ].join(" ");
