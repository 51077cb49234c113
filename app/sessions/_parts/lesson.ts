import { dayAndClock } from "#components/time.ts";
import { sessionWords } from "#components/words/sessions.ts";
import type { Role } from "#lib/services/context.ts";
import type { Participant, SessionView } from "#lib/services/views.ts";

/** Who looks at the page. */
export interface Viewer {
  id: string;
  role: Role;
  zone: string;
}

export const isTutorOf = (session: SessionView, viewer: Viewer): boolean =>
  session.tutor.id === viewer.id;

export const otherParty = (session: SessionView, viewer: Viewer): Participant =>
  isTutorOf(session, viewer) ? session.student : session.tutor;

/** Still to be held or being held. */
export const isAhead = (session: SessionView, now: string): boolean =>
  (session.status === "SCHEDULED" || session.status === "JOIN_OPEN") &&
  Date.parse(session.scheduledEndAt) > Date.parse(now);

/** Whether Join leads somewhere now. */
export const isJoinable = (session: SessionView, now: string): boolean =>
  isAhead(session, now) && Date.parse(session.opensAt) <= Date.parse(now);

export const hasBegun = (session: SessionView, now: string): boolean =>
  Date.parse(session.scheduledStartAt) <= Date.parse(now);

/** "Algebra with Ben Weber, today 16:00" */
export const lessonName = (session: SessionView, viewer: Viewer, now: string): string =>
  sessionWords.named(
    session.subject,
    otherParty(session, viewer).name,
    dayAndClock(session.scheduledStartAt, viewer.zone, now),
  );

/** What there is to say about its room while it isn't there, for this viewer. */
export function linkWords(session: SessionView, viewer: Viewer): string | null {
  const { linkState } = session;
  if (isTutorOf(session, viewer) && (linkState === "waiting" || linkState === "failed")) {
    return sessionWords.linkForTutor[linkState];
  }
  return sessionWords.link[linkState];
}
