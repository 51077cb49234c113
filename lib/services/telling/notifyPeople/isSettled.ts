/** Whether lessons have come to rest, so that what is told now is still true when it is read. */
import { addMinutes, latest } from "#lib/platform/clock.ts";

const MINUTES = {
  /** Undo is one click away, and a second thought comes soon. */
  afterRest: 2,
  /** Something else of the migration fails and is tried on, perhaps for days: those that moved are told. */
  whileRunning: 15,
  /** A lesson is near, and others of the same student are on their way: they come along if they can. */
  whileNear: 1,
  /** A lesson that begins within these is near. */
  near: 60,
} as const;

export interface Scene {
  /** The tutor's migration still wants something. */
  isRunning: boolean;
  /** Lessons of this very person are about to move. */
  isMoving: boolean;
  /** Whoever didn't do it themselves is told at once of what is near. */
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
