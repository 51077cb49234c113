import { lessonsToRetry } from "#app/tutor/video-setup/_parts/lessons/retries.ts";
import type { MigrationDetail } from "#lib/services/switching/views.ts";

/** Whether the newest change is what the tutor has come for: under way, to be undone, or with something left. */
export function isRecent(
  latest: MigrationDetail | null,
  leftOver: MigrationDetail[],
  now: string,
): boolean {
  if (latest === null) return false;
  const { status, undoUntil } = latest;
  return (
    status === "running" ||
    status === "waiting" ||
    undoUntil === null ||
    undoUntil > now ||
    [latest, ...leftOver].some((one) => lessonsToRetry(one, now).length > 0)
  );
}
