/** A meeting's time in requests and answers: UTC to the second, as both providers document it. */
import type { MeetingTimes } from "#lib/providers/provider.ts";

export const utc = (instant: Date): string => instant.toISOString().replace(/\.\d{3}Z$/, "Z");

export const endOf = (times: MeetingTimes): Date =>
  new Date(times.startsAt.getTime() + times.durationMinutes * 60_000);

/** Lessons are arranged by the minute, and providers may drop seconds: less than that is no difference. */
export const isSameMinute = (one: Date, other: Date): boolean =>
  Math.abs(one.getTime() - other.getTime()) < 60_000;
