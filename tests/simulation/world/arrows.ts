/** The transitions between states, as the paragraphs at the tables draw them, and how often each occurred. */
import type { Snapshot } from "./snapshot.ts";

const drawn = {
  session: [
    "SCHEDULED>JOIN_OPEN",
    "SCHEDULED>CANCELLED",
    "JOIN_OPEN>SCHEDULED",
    "JOIN_OPEN>COMPLETED",
    "JOIN_OPEN>CANCELLED",
  ],
  grant: [
    "connected>needs_reconnect",
    "connected>disconnected",
    "needs_reconnect>connected",
    "disconnected>connected",
  ],
  meeting: [
    "new>intended",
    "new>live",
    "new>superseded",
    "intended>live",
    "intended>superseded",
    "intended>abandoned",
    "intended>stranded",
    "live>superseded",
    "live>lost",
    "live>ended",
    "superseded>live",
    "superseded>deleting",
    "superseded>stranded",
    "deleting>deleted",
    "deleting>stranded",
  ],
  migration: [
    "running>completed",
    "running>completed_with_failures",
    "running>waiting",
    "running>superseded",
    "waiting>running",
    "waiting>completed",
    "waiting>superseded",
  ],
  move: [
    "pending>moving",
    "pending>skipped",
    "pending>superseded",
    "moving>moved",
    "moving>failed",
    "moving>pending",
    "moving>skipped",
    "moving>deferred",
    "moving>superseded",
    "deferred>moving",
    "deferred>skipped",
    "deferred>superseded",
  ],
} as const;

export const arrows: readonly string[] = Object.entries(drawn).flatMap(([of, list]) =>
  list.map((arrow) => `${of} ${arrow}`),
);

interface Stated {
  id: string;
  state: string;
}

/** The transitions between two snapshots. */
export function walked(before: Snapshot, after: Snapshot): string[] {
  return [
    ...changes("session", statusOf(before.sessions), statusOf(after.sessions)),
    ...changes("grant", statusOf(before.grants), statusOf(after.grants)),
    ...changes("meeting", before.meetings, after.meetings, "new"),
    ...changes("migration", statusOf(before.migrations), statusOf(after.migrations)),
    ...changes("move", before.moves, after.moves),
  ];
}

const statusOf = (rows: readonly { id: string; status: string }[]): Stated[] =>
  rows.map(({ id, status }) => ({ id, state: status }));

function changes(of: string, before: Stated[], after: Stated[], born?: string): string[] {
  const was = new Map(before.map(({ id, state }) => [id, state]));
  return after.flatMap(({ id, state }) => {
    const from = was.get(id) ?? born;
    return from === undefined || from === state ? [] : [`${of} ${from}>${state}`];
  });
}
