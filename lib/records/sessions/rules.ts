/** The states of a lesson and what the clock does to them; see the paragraph at its table. */
import { addMinutes } from "#lib/platform/clock.ts";

export const sessionStatuses = [
  "SCHEDULED",
  "JOIN_OPEN",
  "COMPLETED",
  "CANCELLED",
  "NO_SHOW",
] as const;
export type SessionStatus = (typeof sessionStatuses)[number];

/** Those that can be "future"; the database's index and every query use the same pair. */
export const openStatuses = ["SCHEDULED", "JOIN_OPEN"] as const satisfies SessionStatus[];

export const isOpen = (status: SessionStatus): boolean =>
  status === "SCHEDULED" || status === "JOIN_OPEN";

export interface Scheduled {
  status: SessionStatus;
  scheduled_start_at: Date;
  scheduled_end_at: Date;
}

/** A lesson that a migration moves: open and not begun. */
export const isFuture = (session: Scheduled, now: Date): boolean =>
  isOpen(session.status) && session.scheduled_start_at >= now;

/** People may be inside its room; 15 minutes beyond its end are left for overrunning. */
export const mayBeUnderWay = (session: Scheduled, now: Date, opensMinutesBefore: number): boolean =>
  session.status !== "CANCELLED" &&
  opensAt(session.scheduled_start_at, opensMinutesBefore) <= now &&
  now < roomNeededUntil(session);

export const roomNeededUntil = (session: Pick<Scheduled, "scheduled_end_at">): Date =>
  addMinutes(session.scheduled_end_at, 15);

export const opensAt = (start: Date, opensMinutesBefore: number): Date =>
  addMinutes(start, -opensMinutesBefore);
