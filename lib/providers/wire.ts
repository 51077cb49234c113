/** The form of a meeting's time in requests: UTC to the second, as both providers document it. */
import type { MeetingTimes } from "#lib/providers/provider.ts";

export const utc = (instant: Date): string => instant.toISOString().replace(/\.\d{3}Z$/, "Z");

export const endOf = (times: MeetingTimes): Date =>
  new Date(times.startsAt.getTime() + times.durationMinutes * 60_000);
