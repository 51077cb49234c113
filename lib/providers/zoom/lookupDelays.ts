/**
 * Seconds after a create whose answer was lost, at which the meeting is looked up before it is made again.
 * Zoom has no idempotency key, and the create may still be under way.
 */
export const lookupDelays: readonly number[] = [2, 10, 30];
