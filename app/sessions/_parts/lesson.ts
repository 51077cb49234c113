import type { SessionStatus } from "#lib/records/sessions/rules.ts";
import type { Role } from "#lib/services/context.ts";
import type { Participant } from "#lib/services/people/views.ts";
import type { SessionView } from "#lib/services/sessions/views.ts";

/** Who looks at the page. */
export interface Viewer {
  id: string;
  role: Role;
  /** In which times are shown; IANA. */
  zone: string;
}

/** What every part of these pages is given. */
export interface LessonProps {
  session: SessionView;
  viewer: Viewer;
  now: string;
}

export const isTutorOf = (session: SessionView, viewer: Viewer): boolean =>
  session.tutor.id === viewer.id;

export const otherParty = (session: SessionView, viewer: Viewer): Participant =>
  isTutorOf(session, viewer) ? session.student : session.tutor;

const isOpenStatus = ({ status }: SessionView): boolean =>
  status === "SCHEDULED" || status === "JOIN_OPEN";

/** Still to be held or being held. */
export const isAhead = (session: SessionView, now: string): boolean =>
  isOpenStatus(session) && Date.parse(session.scheduledEndAt) > Date.parse(now);

/** Whether Join leads somewhere now. */
export const isJoinable = (session: SessionView, now: string): boolean =>
  isAhead(session, now) && Date.parse(session.opensAt) <= Date.parse(now);

export const hasBegun = (session: SessionView, now: string): boolean =>
  Date.parse(session.scheduledStartAt) <= Date.parse(now);

/** Its status by the clock, also where the server hasn't noted that yet. */
export function statusAt(session: SessionView, now: string): SessionStatus {
  if (!isOpenStatus(session)) return session.status;
  if (!isAhead(session, now)) return "COMPLETED";
  return isJoinable(session, now) ? "JOIN_OPEN" : "SCHEDULED";
}

/** Ahead, and there is nowhere to go to yet. */
export const hasNoRoom = (session: SessionView, now: string): boolean =>
  isAhead(session, now) && session.linkState !== "ready";

/** Either side may call it off; the rest is the tutor's. */
export const mayBeChanged = (session: SessionView, viewer: Viewer, now: string): boolean =>
  isAhead(session, now) || (isTutorOf(session, viewer) && canBeMissed(session, now));

const canBeMissed = (session: SessionView, now: string): boolean =>
  hasBegun(session, now) && session.status !== "CANCELLED" && session.status !== "NO_SHOW";
