import { isOpen } from "./links.ts";
import type { SeenSession } from "./snapshot.ts";
import type { World } from "./world.ts";

const MINUTE_MS = 60_000;

/** When something falls due next, or the next minute's full sweep while full sweeps find something. */
export function nextSweepAt(world: World, sweptAt: number): number {
  const { scheduler, seen } = world;
  const looks = seen.meetings.flatMap(({ look_due: at }) => at ?? []);
  const due = [...seen.meetings, ...seen.grants].flatMap(({ due: at }) => at ?? []);
  const waits = seen.migrations.flatMap(({ status, waiting_until: at }) =>
    status === "waiting" && at !== null ? at : [],
  );
  // A room that people may still be inside is deleted later than its date says.
  const lessons = seen.sessions.flatMap(({ starts, ends }) => [
    starts - 15 * MINUTE_MS,
    starts,
    ends,
    ends + 15 * MINUTE_MS,
  ]);
  const minute = Math.max(sweptAt + MINUTE_MS, scheduler.now);
  const later = [...due, ...looks, ...waits]
    .map((at) => Math.ceil(at) + 1)
    .filter((at) => at > sweptAt);
  const doors = lessons.filter((at) => at > sweptAt).map((at) => Math.max(at, minute));
  const isQuiet = world.isAllWell && !seen.sessions.some((one) => isUntold(one, scheduler.now));
  return Math.min(...later, ...doors, isQuiet ? Number.POSITIVE_INFINITY : minute);
}

/** People are notified only minutes after their lesson has moved. */
const isUntold = (session: SeenSession, now: number): boolean =>
  isOpen(session) &&
  session.starts > now &&
  session.provider !== null &&
  [session.student_told, session.tutor_told].some((told) => told !== session.provider);
