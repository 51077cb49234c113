/**
 * Decides whether lessons have settled, so that what people are notified of is still true when they read it.
 */
import { addMinutes, latest } from "#lib/platform/clock.ts";

const MINUTES = {
  /** Undo is one click away, and a second thought comes soon. */
  afterRest: 2,
  /**
   * Other lessons of the migration fail and are retried, perhaps for days; people hear of those that moved.
   */
  whileRunning: 15,
  /**
   * A lesson is near, and others of the same student are still moving: they join the same mail if they can.
   */
  whileNear: 1,
  /** A lesson that begins within this time is near. */
  near: 60,
} as const;

export interface Scene {
  /** The tutor's migration still has something to do. */
  isRunning: boolean;
  /** Lessons of this very person are about to move. */
  isMoving: boolean;
  /** Whoever didn't make the change themselves is notified at once of a lesson that is near. */
  mayHurry: boolean;
}

export function isSettled(
  lessons: { meeting_created_at: Date | null; scheduled_start_at: Date }[],
  scene: Scene,
  now: Date,
): boolean {
  const moves = lessons.flatMap(({ meeting_created_at: movedAt }) => movedAt ?? []);
  if (moves.length === 0) return false;
  const isNear =
    scene.mayHurry &&
    lessons.some((lesson) => lesson.scheduled_start_at <= addMinutes(now, MINUTES.near));
  return addMinutes(latest(...moves), pause(scene, isNear)) <= now;
}

function pause({ isRunning, isMoving }: Scene, isNear: boolean): number {
  if (isNear) return isMoving ? MINUTES.whileNear : 0;
  return isRunning ? MINUTES.whileRunning : MINUTES.afterRest;
}
