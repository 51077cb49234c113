/** When people are reminded of a lesson. */
import { addMinutes } from "#lib/platform/clock.ts";

export const reminderKinds = ["day", "hour"] as const;
export type ReminderKind = (typeof reminderKinds)[number];

/**
 * In minutes before the start: when the reminder may first be sent, and when it no longer says anything new.
 */
const window: Record<ReminderKind, { opens: number; closes: number }> = {
  day: { opens: 24 * 60, closes: 20 * 60 },
  hour: { opens: 60, closes: 15 },
};

/** The range of start times that this reminder is due for now. */
export const startsDue = (kind: ReminderKind, now: Date): { from: Date; to: Date } => ({
  from: addMinutes(now, window[kind].closes),
  to: addMinutes(now, window[kind].opens),
});

/**
 * Whether the lesson got its time only after the reminder was due; then its people have just been notified of
 * it.
 */
export const isNews = (
  kind: ReminderKind,
  lesson: { scheduled_start_at: Date; created_at: Date; rescheduled_at: Date | null },
): boolean =>
  (lesson.rescheduled_at ?? lesson.created_at) >=
  addMinutes(lesson.scheduled_start_at, -window[kind].opens);

/** Which reminder of a lesson was written at that time. */
export const reminderKindAt = (start: Date, at: Date): ReminderKind =>
  start > startsDue("hour", at).to ? "day" : "hour";
