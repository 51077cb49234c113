import type { MigrationDetail, MigrationSessionView } from "#lib/services/switching/views.ts";

/** Whether the lesson is ahead and nothing newer has given it a room. */
const isWaiting = (session: MigrationSessionView, now: string): boolean =>
  session.since === null &&
  session.startsAt > now &&
  (session.lessonStatus === "SCHEDULED" || session.lessonStatus === "JOIN_OPEN");

export const isToRetry = (session: MigrationSessionView, now: string): boolean =>
  session.state === "failed" && isWaiting(session, now);

/** Whether the lesson failed, waits for another day, or is being retried. */
export const mayNeedOwnLink = (session: MigrationSessionView, now: string): boolean =>
  isWaiting(session, now) &&
  (["failed", "deferred"].includes(session.state) ||
    (session.state === "pending" && session.error !== null));

export const lessonsToRetry = ({ sessions }: MigrationDetail, now: string): string[] =>
  sessions.filter((session) => isToRetry(session, now)).map(({ sessionId }) => sessionId);
