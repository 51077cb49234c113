/** The states of a lesson and what the clock does to them; see the paragraph at its table. */

import type { Selectable } from "kysely";
import { addMinutes } from "#lib/platform/clock.ts";
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

/** Of whom a lesson's two sides are told apart from each other. */
export type Side = "student" | "tutor";

/** The first room is no news: where it is stands on every page, and nobody was told of another. */
export const firstPlace = (
  session: Pick<Session, "student_notified_provider" | "tutor_notified_provider"> | undefined,
  provider: ProviderId,
) => ({
  student_notified_provider: session?.student_notified_provider ?? provider,
  tutor_notified_provider: session?.tutor_notified_provider ?? provider,
});

export type ManualEdit =
  /** Another room: kept until the next wish. */
  | { kind: "room"; provider: ProviderId; externalId: string; joinUrl: string }
  /** No other link came with it: the columns say again what the meeting says. */
  | { kind: "mismatch" };

/** As much of a lesson, and of the room that it points at, as tells a change by hand. */
interface Edited {
  join_url: string | null;
  meeting_external_id: string | null;
  room_state: string | null;
  room_external_id: string | null;
  room_url: string | null;
}

/** Null: nothing to do. A link on no provider's host is left alone; nobody is led there. */
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
  // A link taken out comes back, unless its room is gone as well.
  return joinUrl === null && state !== null && state !== "live" ? null : { kind: "mismatch" };
}

/** As written beside the link; where only the link was written, its last part. */
function externalIdOf(session: Edited, joinUrl: string): string {
  const { meeting_external_id: written, room_external_id: former } = session;
  if (written !== null && written !== former) return written;
  const parts = new URL(joinUrl).pathname.split("/").filter((part) => part !== "");
  return parts.at(-1) ?? joinUrl;
}
