import type { Selectable } from "kysely";
import type { Migrations } from "#lib/platform/database.types.ts";
import type { ProviderErrorCode } from "#lib/providers/errors.ts";

export type Migration = Selectable<Migrations>;

/** The states of a migration and of a lesson in it; see the paragraph at their tables. */
export const migrationKinds = ["switch", "refresh", "undo", "retry"] as const;
export type MigrationKind = (typeof migrationKinds)[number];

export const migrationStatuses = [
  "running",
  "completed",
  "completed_with_failures",
  "waiting",
  "superseded",
] as const;
export type MigrationStatus = (typeof migrationStatuses)[number];

export const migrationSessionStates = [
  "pending",
  "moving",
  "moved",
  "failed",
  "skipped",
  "deferred",
  "superseded",
] as const;
export type MigrationSessionState = (typeof migrationSessionStates)[number];

/** Of a lesson whose call comes later: only the day's limit is told apart, since it takes until tomorrow. */
export const waitingState = (code: ProviderErrorCode): "deferred" | "pending" =>
  code === "daily_limit" ? "deferred" : "pending";

export type MigrationCounts = Record<MigrationSessionState, number>;

/**
 * Whether the undo window is still open. A migration that hasn't settled yet has no end date, so it can be
 * undone.
 */
export const isUndoable = (migration: { undo_until: Date | null }, now: Date): boolean =>
  migration.undo_until === null || now < migration.undo_until;

/** For how many lessons it has failed that neither a newer migration nor their tutor's own link has answered for since. */
export const stillFailed = (of: { failed: number; answeredSince: number }): number =>
  of.failed - of.answeredSince;

/** The status of a migration, derived from its lessons alone. */
export function statusByCounts(counts: MigrationCounts): Exclude<MigrationStatus, "superseded"> {
  if (counts.pending + counts.moving > 0) return "running";
  if (counts.deferred > 0) return "waiting";
  return counts.failed > 0 ? "completed_with_failures" : "completed";
}
