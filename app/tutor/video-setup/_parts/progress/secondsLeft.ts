import type { MigrationDetail } from "#lib/services/switching/views.ts";

type Pace = Pick<
  MigrationDetail,
  "status" | "createdAt" | "moved" | "failed" | "remaining" | "sessions"
>;

/**
 * Estimates the seconds left from the pace so far, in steps of five, and never less than the provider's own
 * date for the last attempt. Null before there is a pace, beyond an hour, and when the migration has settled.
 * Lessons put off to another day took no time, so they don't count for the pace.
 */
export function secondsLeft(migration: Pace, now: string): number | null {
  const { moved, failed, remaining, status, sessions } = migration;
  const made = moved + failed;
  if (status !== "running" || made < 2) return null;
  const each = (Date.parse(now) - Date.parse(migration.createdAt)) / made;
  const waits = sessions.map(({ state, nextAttemptAt: at }) =>
    state === "pending" && at !== null ? Date.parse(at) - Date.parse(now) : 0,
  );
  const seconds = Math.max(5, Math.ceil(Math.max(each * remaining, ...waits) / 5000) * 5);
  return seconds > 3600 ? null : seconds;
}
