import type { Logger } from "../logger.ts";

const LOOK_MS = 5_000;
const TOLD_AGAIN_MS = 60_000;

/**
 * Says, once a minute at most, that work waits for a connection of this process. Otherwise nothing would be seen of it but
 * that all is slow.
 * @param waiting how many wait just now
 * @returns ends it
 */
export function tellOfWaiting(waiting: () => number, log: Pick<Logger, "warn">): () => void {
  let before = 0;
  let quietMs = 0;
  const timer = setInterval(() => {
    const now = waiting();
    quietMs -= LOOK_MS;
    if (now > 0 && before > 0 && quietMs <= 0) {
      log.warn(
        { waiting: now },
        "Work waits for a connection to the database. DATABASE_POOL_SIZE sets how many this process has",
      );
      quietMs = TOLD_AGAIN_MS;
    }
    before = now;
  }, LOOK_MS);
  timer.unref();
  return () => clearInterval(timer);
}
