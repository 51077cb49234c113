/** A clock that a test sets for a whole running Segue, and that runs on from there. */
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "#lib/platform/clock.ts";

export interface MovedClock extends Clock {
  moveTo(at: Date): void;
  /** Environment that puts the web process on this clock. */
  env: Record<string, string>;
}

export function movedClock(folder: string, start: Date): MovedClock {
  const file = join(folder, "clock");
  let ahead = 0;
  const moveTo = (at: Date) => {
    ahead = at.getTime() - Date.now();
    writeFileSync(`${file}.new`, `${ahead}`);
    // The file is replaced in one step, because a half-written number would be another time.
    renameSync(`${file}.new`, file);
  };
  moveTo(start);
  return Object.assign(() => new Date(Date.now() + ahead), {
    moveTo,
    env: {
      SEGUE_MOVED_CLOCK: file,
      NODE_OPTIONS: `--import=${new URL("movedDate.mjs", import.meta.url).href}`,
    },
  });
}
