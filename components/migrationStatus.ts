import { stillFailed } from "#lib/records/migrations/rules.ts";
import type { MigrationView } from "#lib/services/switching/views.ts";

type Shown = MigrationView["status"] | "done";
type Counted = Pick<MigrationView, "status" | "moved" | "total" | "failed" | "answeredSince">;

/**
 * What to say of it as it is now. One that is through with some lessons where they were, because they were cancelled or
 * the tutor disconnected, hasn't moved all; nor has one whose failures were all seen to since.
 */
export function shownStatus(migration: Counted): Shown {
  const { status, moved, total } = migration;
  if (status === "completed_with_failures") return stillFailed(migration) > 0 ? status : "done";
  return status === "completed" && moved < total ? "done" : status;
}
