import type { SessionStatus } from "#lib/records/sessions/rules.ts";
import type { Participant } from "#lib/services/people/views.ts";
import type { SessionView } from "#lib/services/sessions/views.ts";
import type { Role } from "#lib/services/verb/context.ts";

/** The person who views the page. */
export interface Viewer {
  id: string;
  role: Role;
  /** Their own zone, even while times are shown in another; IANA. */
  home: string;
}

/** The props of every part of these pages. */
export interface LessonProps {
  session: SessionView;
  viewer: Viewer;
}

export const isTutorOf = (session: SessionView, viewer: Viewer): boolean =>
  session.tutor.id === viewer.id;

export const otherParty = (session: SessionView, viewer: Viewer): Participant =>
  isTutorOf(session, viewer) ? session.student : session.tutor;

const isOpenStatus = ({ status }: SessionView): boolean =>
  status === "SCHEDULED" || status === "JOIN_OPEN";

/** Whether the lesson is still ahead or under way. */
export const isAhead = (session: SessionView, now: string): boolean =>
  isOpenStatus(session) && Date.parse(session.scheduledEndAt) > Date.parse(now);

/** Whether Join leads somewhere now. */
export const isJoinable = (session: SessionView, now: string): boolean =>
  isAhead(session, now) && Date.parse(session.opensAt) <= Date.parse(now);

export const hasBegun = (session: SessionView, now: string): boolean =>
  Date.parse(session.scheduledStartAt) <= Date.parse(now);

/** The lesson's status by the clock, even if the server hasn't recorded it yet. */
export function statusAt(session: SessionView, now: string): SessionStatus {
  if (!isOpenStatus(session)) return session.status;
  if (!isAhead(session, now)) return "COMPLETED";
  return isJoinable(session, now) ? "JOIN_OPEN" : "SCHEDULED";
}

/** Whether the lesson is ahead but has no room to enter yet. */
export const hasNoRoom = (session: SessionView, now: string): boolean =>
  isAhead(session, now) && session.linkState !== "ready";

/** Either side may cancel a lesson that is ahead. Everything else is up to the tutor. */
export const mayBeChanged = (session: SessionView, viewer: Viewer, now: string): boolean =>
  isAhead(session, now) || (isTutorOf(session, viewer) && canBeMissed(session, now));

const canBeMissed = (session: SessionView, now: string): boolean =>
  hasBegun(session, now) && session.status !== "CANCELLED" && session.status !== "NO_SHOW";
