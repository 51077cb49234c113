/**
 * Follows a running migration until it has settled: by one event stream, and by reading it again whenever there
 * is none.
 */
import type { Answer } from "#components/calls/api.ts";
import type { MigrationDetail } from "#lib/services/switching/views.ts";

/** While the server has no room for another stream of this person. */
const READ_EVERY_MS = 5_000;
/** So many readings later the stream is asked for again. */
const READINGS = 12;
const FIRST_WAIT_MS = 4_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Anything between at once and twice as long as before, so that the browsers that a restart has cut off don't
 * all come back in the same second.
 */
const waitBefore = (attempt: number, random: () => number): number =>
  random() * Math.min(FIRST_WAIT_MS * 2 ** Math.min(attempt, 10), LONGEST_WAIT_MS);

/** Whether the person has signed out, or in as somebody else, in another tab. */
const isSomebodyElse = (status: number): boolean => [401, 403, 404].includes(status);

/** What of the browser this needs. */
export interface Surroundings {
  openStream: (path: string) => EventSource;
  read: (path: string) => Promise<Answer<MigrationDetail>>;
  random: () => number;
}

export interface Told {
  detail: (detail: MigrationDetail) => void;
  offline: (isOffline: boolean) => void;
  signedOut: () => void;
}

/** @returns a function that stops following */
export function follow(runningId: string, around: Surroundings, told: Told): () => void {
  const path = `/api/migrations/${runningId}`;
  let isLeft = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let source: EventSource | null = null;
  let failures = 0;
  let readingsLeft = 0;
  /** Rises with each reading, so that the answer to an older one is known to be old. */
  let reading = 0;

  /** @returns whether there is more to come */
  function tell(detail: MigrationDetail): boolean {
    told.offline(false);
    told.detail(detail);
    if (detail.status !== "running") isLeft = true;
    return !isLeft;
  }

  function close(): void {
    clearTimeout(timer);
    source?.close();
    source = null;
    reading += 1;
  }

  function listen(): void {
    const opened = around.openStream(`${path}/events`);
    let hasOpened = false;
    source = opened;
    opened.onopen = () => {
      hasOpened = true;
      told.offline(false);
    };
    opened.onmessage = (event: MessageEvent<string>) => {
      // Only now does the server keep up: one that opens streams and breaks them would be asked ever faster.
      failures = 0;
      if (!tell(JSON.parse(event.data) as MigrationDetail)) close();
    };
    opened.onerror = () => {
      // The browser would only request the same stream again and again, because it can't see why it ended. It
      // gives up by itself where the server refused it, as for want of room.
      if (!hasOpened && opened.readyState === CLOSED) readingsLeft = READINGS;
      close();
      if (!isLeft) later(waitBefore(failures++, around.random));
    };
  }

  const later = (milliseconds: number) => {
    timer = setTimeout(reread, milliseconds);
  };

  async function reread(): Promise<void> {
    reading += 1;
    const own = reading;
    const answer = await around.read(path);
    if (isLeft || own !== reading) return;
    if (answer.ok) {
      if (!tell(answer.data) || source) return;
      readingsLeft = Math.max(readingsLeft - 1, 0);
      if (readingsLeft === 0) listen();
      else later(READ_EVERY_MS);
    } else if (isSomebodyElse(answer.problem.status)) {
      told.signedOut();
    } else {
      told.offline(true);
      later(waitBefore(failures++, around.random));
    }
  }

  listen();
  return () => {
    isLeft = true;
    close();
  };
}

/** `EventSource.CLOSED`, which exists in browsers only. */
const CLOSED = 2;
