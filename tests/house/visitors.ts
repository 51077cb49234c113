/** People who look at pages and hold streams while everything else happens. */
import { setTimeout as delay } from "node:timers/promises";

export interface Seen {
  requests: number;
  streams: number;
  /** Answers that say that something of ours failed. */
  failed: string[];
}

export interface Guest {
  headers: Record<string, string>;
  /** Pages and routes, asked for one after the other. */
  paths: string[];
  /** A stream of events; null for somebody who holds none. */
  stream: () => Promise<string | null>;
}

const PAUSE_MS = 100;

/** @returns ends it */
export function visit(url: string, guests: Guest[], seen: Seen): () => Promise<void> {
  const leaving = new AbortController();
  const { signal } = leaving;
  const look = async ({ headers, paths }: Guest) => {
    for (let turn = 0; !signal.aborted; turn++) {
      const path = paths[turn % paths.length] ?? "/";
      const answer = await fetch(url + path, { headers, redirect: "manual" }).catch(() => null);
      await answer?.text().catch(() => undefined);
      seen.requests += 1;
      if (!answer || answer.status >= 500) seen.failed.push(`${path}: ${answer?.status ?? "cut"}`);
      await delay(PAUSE_MS);
    }
  };
  const listen = async ({ headers, stream }: Guest) => {
    while (!signal.aborted) {
      const path = await stream();
      if (path === null) {
        await delay(PAUSE_MS);
        continue;
      }
      const answer = await fetch(url + path, { headers, signal }).catch(() => null);
      // It ends in order when its process stops, and is opened again.
      await answer?.text().catch(() => undefined);
      if (!signal.aborted) seen.streams += 1;
      await delay(PAUSE_MS);
    }
  };
  const all = Promise.all(guests.flatMap((guest) => [look(guest), listen(guest)]));
  return async () => {
    leaving.abort();
    await all;
  };
}
