/**
 * How long a test may take before it counts as hanging. These are guards, not stopwatches: no test should
 * fail because its machine is slow, so they are far beyond what a loaded machine needs.
 */

/** For one wait, one call, one start of a program. */
export const PATIENCE_MS = 120_000;

/** For one test, which waits more than once. */
export const TEST_PATIENCE_MS = 600_000;

/** For the few tests that take a minute on a quiet machine. */
export const LONG_PATIENCE_MS = 1_800_000;
