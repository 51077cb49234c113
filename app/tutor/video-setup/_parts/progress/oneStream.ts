/**
 * One stream for all tabs in which a person looks at the same change: the tab that holds the lock leads, and
 * tells the others what it learns. A browser has six connections to a server for all its tabs together, and
 * each stream would take one for as long as the change lasts.
 */
import type { MigrationDetail } from "#lib/services/switching/views.ts";
import type { Told } from "./follow.ts";

export type Said =
  | { kind: "detail"; detail: MigrationDetail }
  | { kind: "offline"; isOffline: boolean }
  | { kind: "signedOut" }
  /** A tab that has just come asks what it has missed. */
  | { kind: "hello" };

/** What of the browser this needs. */
export interface Tabs {
  /**
   * Calls `lead` once no other tab leads under this name. It leads until the promise is settled.
   * @param leaves aborted when this tab no longer wants to lead; it does nothing once it leads
   */
  whenFree: (name: string, leaves: AbortSignal, lead: () => Promise<void>) => void;
  /** @returns how to speak to the other tabs, and a function that stops listening to them */
  channel: (
    name: string,
    heard: (said: Said) => void,
  ) => { say: (said: Said) => void; close(): void };
  isVisible: () => boolean;
  /** @returns a function that stops watching */
  onVisibility: (changed: () => void) => () => void;
}

/**
 * A tab that nobody looks at never leads, since browsers let such tabs sleep; it hears what the others say.
 * @param follow opens the stream, and returns a function that closes it
 * @returns a function that leaves
 */
export function oneStream(
  name: string,
  tabs: Tabs,
  told: Told,
  follow: (told: Told) => () => void,
): () => void {
  let latest: MigrationDetail | null = null;
  let isOver = false;
  let isLeading = false;
  /** Gives up leading, or waiting for it. Null while hidden. */
  let withdraw: (() => void) | null = null;

  const channel = tabs.channel(name, (said) => {
    if (said.kind === "hello") {
      if (isLeading && latest) channel.say({ kind: "detail", detail: latest });
    } else if (!isLeading && !isOver) pass(said);
  });

  function pass(said: Exclude<Said, { kind: "hello" }>): void {
    if (said.kind === "offline") told.offline(said.isOffline);
    else if (said.kind === "signedOut") {
      leave();
      told.signedOut();
    } else {
      latest = said.detail;
      told.offline(false);
      told.detail(said.detail);
      if (said.detail.status !== "running") leave();
    }
  }

  function lead(): () => void {
    const tell = (said: Exclude<Said, { kind: "hello" }>) => {
      // First, because passing on the last news closes the channel.
      channel.say(said);
      pass(said);
    };
    isLeading = true;
    const stop = follow({
      detail: (detail) => tell({ kind: "detail", detail }),
      offline: (isOffline) => tell({ kind: "offline", isOffline }),
      signedOut: () => tell({ kind: "signedOut" }),
    });
    return () => {
      isLeading = false;
      stop();
    };
  }

  function stand(): void {
    const leaves = new AbortController();
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    withdraw = () => {
      leaves.abort();
      end();
    };
    tabs.whenFree(name, leaves.signal, async () => {
      // The lock may have been given in the moment in which this tab was hidden.
      if (leaves.signal.aborted) return;
      const stop = lead();
      await ended;
      stop();
    });
  }

  function look(): void {
    if (isOver || tabs.isVisible() === (withdraw !== null)) return;
    if (withdraw) {
      withdraw();
      withdraw = null;
    } else {
      channel.say({ kind: "hello" });
      stand();
    }
  }

  function leave(): void {
    if (isOver) return;
    isOver = true;
    unwatch();
    withdraw?.();
    channel.close();
  }

  const unwatch = tabs.onVisibility(look);
  look();
  return leave;
}
