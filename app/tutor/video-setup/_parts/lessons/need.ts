import type { MigrationSessionView } from "#lib/services/switching/views.ts";
import { isToRetry } from "./retries.ts";

/** The lower, the sooner somebody should look; `NOBODY` where nothing is to be done. */
function need(session: MigrationSessionView, now: string): number {
  if (isToRetry(session, now)) return 0;
  if (session.enteredOld > 0) return 1;
  if (session.state === "pending" && session.error !== null) return 2;
  if (session.state === "deferred" && session.since === null) return 3;
  return NOBODY;
}

const NOBODY = 4;

/** Whether the lesson failed, waits, or has people in its old room. */
export const needsSomebody = (session: MigrationSessionView, now: string): boolean =>
  need(session, now) < NOBODY;

/** Failed lessons first, and what has moved last; soonest first among equals. */
export const byNeed = (sessions: MigrationSessionView[], now: string): MigrationSessionView[] =>
  sessions.toSorted((a, b) => need(a, now) - need(b, now) || a.startsAt.localeCompare(b.startsAt));
