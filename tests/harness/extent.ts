/**
 * `npm test` ends within minutes, so of what takes long it plays a sample. `npm run test:whole` plays all of it.
 * The sample has fewer seeds, texts and pages of the same kind, and the embedded database runs those tests in which
 * it could differ from PostgreSQL. What is tagged `whole`, or is in `tests/e2e/whole/`, isn't in the sample.
 */
const isWhole = process.env.TEST_EXTENT === "whole";

/** @returns the first in the whole run, the second in `npm test` */
export const inWhole = <T>(whole: T, sample: T): T => (isWhole ? whole : sample);

/** @returns the kind's members: in the whole run all of them, in `npm test` the first `count` */
export const someOf = <T>(members: readonly T[], count: number): readonly T[] =>
  inWhole(members, members.slice(0, count));
