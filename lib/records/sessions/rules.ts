/** The states of a lesson and what the clock does to them; see the paragraph at its table. */

import type { Selectable } from "kysely";
import { addMinutes, addSeconds } from "#lib/platform/clock.ts";
import type { Sessions } from "#lib/platform/database.types.ts";
import type { ProviderId } from "#lib/providers/provider.ts";

export type Session = Selectable<Sessions>;

export const sessionStatuses = [
  "SCHEDULED",
  "JOIN_OPEN",
  "COMPLETED",
  "CANCELLED",
  "NO_SHOW",
] as const;
export type SessionStatus = (typeof sessionStatuses)[number];

/** The states in which a lesson can be "future". The database's index and every query use the same pair. */
export const openStatuses = ["SCHEDULED", "JOIN_OPEN"] as const satisfies SessionStatus[];

export const isOpen = (status: SessionStatus): boolean =>
  status === "SCHEDULED" || status === "JOIN_OPEN";

export interface Scheduled {
  status: SessionStatus;
  scheduled_start_at: Date;
  scheduled_end_at: Date;
}

/** A lesson that a migration moves: it is open and hasn't begun. */
export const isFuture = (session: Scheduled, now: Date): boolean =>
  isOpen(session.status) && session.scheduled_start_at >= now;

/** It has begun and isn't over, so a migration leaves it where it is. */
export const isRunning = (session: Scheduled, now: Date): boolean =>
  isOpen(session.status) && session.scheduled_start_at < now && now < session.scheduled_end_at;

/** A lesson may overrun by this much, so its room stays for as long after its end. */
export const OVERRUN_MINUTES = 15;

/** Whether people may be inside the lesson's room. */
export const mayBeUnderWay = (session: Scheduled, now: Date, opensMinutesBefore: number): boolean =>
  session.status !== "CANCELLED" &&
  opensAt(session.scheduled_start_at, opensMinutesBefore) <= now &&
  now < roomNeededUntil(session);

export const roomNeededUntil = (session: Pick<Scheduled, "scheduled_end_at">): Date =>
  addMinutes(session.scheduled_end_at, OVERRUN_MINUTES);

export const opensAt = (start: Date, opensMinutesBefore: number): Date =>
  addMinutes(start, -opensMinutesBefore);

/** Minutes before its start at which a lesson that has no room is tried for once more, whatever it waits for. */
const LAST_TRIES_MINUTES = [15, 5, 1, 0] as const;
const BETWEEN_LATE_TRIES_SECONDS = 60;

/** No pause reaches beyond the start of a lesson that has no room: it ends at `at`, or with the next last try. */
export const inTime = (
  lesson: Pick<Session, "meeting_id" | "scheduled_start_at"> | undefined,
  at: Date,
  now: Date,
): Date => (lesson?.meeting_id === null ? tryBefore(lesson.scheduled_start_at, at, now) : at);

function tryBefore(start: Date, at: Date, now: Date): Date {
  const lastTries = LAST_TRIES_MINUTES.map((minutes) => addMinutes(start, -minutes));
  const next = lastTries.find((one) => one > now) ?? addSeconds(now, BETWEEN_LATE_TRIES_SECONDS);
  return at < next ? at : next;
}

/** The lesson is so near that a call for its room goes although the provider has asked for a pause. */
export const isUrgent = (start: Date, now: Date): boolean =>
  addMinutes(start, -LAST_TRIES_MINUTES[0]) <= now;

/** Until when a student may cancel the lesson; `hours`: as its tutor decided. */
export const cancellableUntil = (start: Date, hours: number): Date =>
  addMinutes(start, -60 * hours);

/** What somebody writes with a change is at most so long. */
export const MESSAGE_LENGTH = 500;

/** For how long before a lesson's start a tutor can rule out that students cancel it. */
export const MOST_CANCEL_HOURS = 168;

/** Which lessons of its booking a change of one lesson is for. */
export const scopes = ["one", "following", "all"] as const;
export type Scope = (typeof scopes)[number];

/** The two sides of a lesson, which are notified separately. */
export type Side = "student" | "tutor";

/** The first room is no news: every page shows where it is, and nobody was notified of another one. */
export const firstPlace = (
  session: Pick<Session, "student_notified_provider" | "tutor_notified_provider"> | undefined,
  provider: ProviderId,
) => ({
  student_notified_provider: session?.student_notified_provider ?? provider,
  tutor_notified_provider: session?.tutor_notified_provider ?? provider,
});

export type ManualEdit =
  /** The tutor wrote in another room. It is kept until the next generation. */
  | { kind: "room"; provider: ProviderId; externalId: string; joinUrl: string }
  /** No other link was written in, so the columns are reset to what the meeting says. */
  | { kind: "mismatch" };

/** The columns of a lesson, and of the room that it points at, that reveal a manual edit. */
interface Edited {
  join_url: string | null;
  meeting_external_id: string | null;
  room_state: string | null;
  room_external_id: string | null;
  room_url: string | null;
}

/**
 * Null means that there is nothing to do. A link that isn't on a provider's host is left alone, and nobody is
 * led there.
 */
export function manualEdit(
  session: Edited,
  ownerOf: (link: string) => ProviderId | null,
): ManualEdit | null {
  const { join_url: joinUrl, room_url: roomUrl, room_state: state } = session;
  if (joinUrl !== null && joinUrl !== roomUrl) {
    const provider = ownerOf(joinUrl);
    if (!provider) return null;
    return { kind: "room", provider, externalId: externalIdOf(session, joinUrl), joinUrl };
  }
  // A link that was removed comes back, unless its room is gone as well.
  return joinUrl === null && state !== null && state !== "live" ? null : { kind: "mismatch" };
}

/** The id that was written in with the link. Where only the link was written in, its last part is used. */
function externalIdOf(session: Edited, joinUrl: string): string {
  const { meeting_external_id: written, room_external_id: former } = session;
  if (written !== null && written !== former) return written;
  const parts = new URL(joinUrl).pathname.split("/").filter((part) => part !== "");
  return parts.at(-1) ?? joinUrl;
}
