import type { MigrationView } from "#lib/services/switching/views.ts";

type Shown = MigrationView["status"] | "done";

/**
 * What to say of it. One that is through with some lessons where they were, because they were cancelled or the tutor
 * disconnected, hasn't moved all.
 */
export const shownStatus = ({
  status,
  moved,
  total,
}: Pick<MigrationView, "status" | "moved" | "total">): Shown =>
  status === "completed" && moved < total ? "done" : status;
