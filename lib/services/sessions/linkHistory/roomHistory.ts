/**
 * Lists the rooms that a lesson led to, one after the other. The ledger and the migrations' records together
 * hold all of it: for a room that an undo came back to, the ledger keeps when the lesson first got it and
 * last left it, and the migrations' rows hold what was in between.
 */

import type { Arrival, HandedOut } from "#lib/records/meetings/queries/history.ts";
import type { MigrationKind } from "#lib/records/migrations/rules.ts";

/**
 * first: the lesson had no room before. account: another account of the same provider was connected. by_hand: somebody wrote the link in. lost: the room before was gone.
 */
export const roomReasons = [
  "first",
  "switch",
  "account",
  "refresh",
  "undo",
  "retry",
  "by_hand",
  "lost",
  "again",
] as const;
export type RoomReason = (typeof roomReasons)[number];

export interface RoomStay {
  room: HandedOut;
  from: Date;
  /** Null: the lesson is there now. */
  until: Date | null;
  why: RoomReason;
  /** The grant that a migration brought the lesson to; null where none did. */
  grantId: string | null;
  /** Whether the lesson didn't come back to this room later. */
  isLast: boolean;
}

interface Entry {
  room: HandedOut;
  at: Date;
  kind: MigrationKind | null;
  grantId: string | null;
}

/** Oldest first. */
export function roomHistoryOf(rooms: HandedOut[], arrivals: Arrival[]): RoomStay[] {
  const arrivalsOf = Map.groupBy(arrivals, ({ to_meeting_id: id }) => id);
  const entries = rooms
    .flatMap((room) => entriesOf(room, arrivalsOf.get(room.id) ?? []))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  return entries.map((entry, index) => {
    const later = entries.slice(index + 1);
    const isLast = !later.some(({ room }) => room.id === entry.room.id);
    return {
      room: entry.room,
      from: entry.at,
      until: untilOf(entry.room, isLast, later[0]?.at),
      why: whyOf(entry, entries[index - 1]),
      grantId: entry.grantId,
      isLast,
    };
  });
}

function entriesOf(room: HandedOut, arrivals: Arrival[]): Entry[] {
  const moves = arrivals
    .map(({ moved_at: at, kind, to_grant_id: grantId }) => ({ room, at, kind, grantId }))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  const isOlder = arrivals.every(({ asked_at: asked }) => room.created_at < asked);
  if (!isOlder) return moves;
  // The room was in use before any migration brought it back.
  return [{ room, at: room.live_at, kind: null, grantId: null }, ...moves];
}

function untilOf(room: HandedOut, isLast: boolean, next: Date | undefined): Date | null {
  const left = isLast ? (room.superseded_at ?? room.closed_at) : null;
  if (!left) return next ?? null;
  return next && next < left ? next : left;
}

function whyOf({ room, kind }: Entry, before: Entry | undefined): RoomReason {
  if (kind === "switch" && before?.room.provider === room.provider) return "account";
  if (kind) return kind;
  if (room.origin === "manual") return "by_hand";
  if (!before) return "first";
  return before.room.state === "lost" ? "lost" : "again";
}
