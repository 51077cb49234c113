/** Refusals that are about the moment and not about what was asked, and those that aren't the provider's own. */
import { STATUS_CODES } from "node:http";

/** RFC 6749's temporary errors, and what providers and gateways write in their place. */
const passing =
  /temporar|try again|too many|rate.?limit|slow.?down|time.?out|unavailable|overload|(server|system|internal|backend).?(error|failure)/i;

/** Whether the words ask for patience. They count only where no code says more. */
export const isPassing = (words: string): boolean => passing.test(words);

/** A method, a proxy's sign-in, or a time that was refused: whoever sends these hasn't looked at the request. */
const passingStatuses = new Set([405, 407, 408, 425]);

export const isPassingStatus = (status: number): boolean => passingStatuses.has(status);

/**
 * Whether this can be the `error` of a token endpoint: a name such as `invalid_grant`. A gateway writes a sentence, or
 * repeats the status.
 */
export const isErrorName = (error: string, status: number): boolean =>
  /^[a-z0-9_.-]+$/.test(error) && error !== statusName(status);

const statusName = (status: number): string =>
  (STATUS_CODES[status] ?? "").toLowerCase().replaceAll(" ", "_");
