/** When people are reminded of a lesson. */
import { addMinutes } from "#lib/platform/clock.ts";

export const reminderKinds = ["day", "hour"] as const;
export type ReminderKind = (typeof reminderKinds)[number];

/** Minutes before the start: from when on it is sent, and until when; later it would say nothing new. */
const window: Record<ReminderKind, { opens: number; closes: number }> = {
  day: { opens: 24 * 60, closes: 20 * 60 },
  hour: { opens: 60, closes: 15 },
};

/** The starts of the lessons that this reminder is due for now. */
export const startsDue = (kind: ReminderKind, now: Date): { from: Date; to: Date } => ({
  from: addMinutes(now, window[kind].closes),
  to: addMinutes(now, window[kind].opens),
});

/** Who heard of the time only after the reminder was due has just been told it. */
export const isNews = (
  kind: ReminderKind,
  lesson: { scheduled_start_at: Date; created_at: Date; rescheduled_at: Date | null },
): boolean =>
  (lesson.rescheduled_at ?? lesson.created_at) >=
  addMinutes(lesson.scheduled_start_at, -window[kind].opens);
