/** What the strip shows of a change: one tile for each lesson. */

import type { ProviderId } from "#lib/providers/provider.ts";
import { stillFailed } from "#lib/records/migrations/rules.ts";
import type { MigrationSessionView, MigrationView } from "#lib/services/switching/views.ts";

/** Each kind has a glyph of its own, so that none is told by its colour alone. */
export const tileKinds = ["moved", "moving", "before", "waiting", "failed", "left"] as const;
export type TileKind = (typeof tileKinds)[number];

export interface Tile {
  id: string;
  startsAt: string;
  kind: TileKind;
  /** Where the lesson was before; null if it had no room. */
  from: ProviderId | null;
  to: ProviderId;
  /** Join is open: somebody may be inside. */
  isOpen: boolean;
  subject: string;
  student: string;
}

export function tileOf(session: MigrationSessionView, to: ProviderId): Tile {
  const { sessionId, startsAt, subject, student, from, lessonStatus } = session;
  return {
    id: sessionId,
    startsAt,
    kind: kindOf(session),
    from: from?.provider ?? null,
    to,
    isOpen: lessonStatus === "JOIN_OPEN",
    subject,
    student,
  };
}

function kindOf({ state, since }: MigrationSessionView): TileKind {
  if (state === "moved" || state === "moving") return state;
  // A newer change, or its tutor's own link, has answered for it.
  if (since !== null || state === "skipped" || state === "superseded") return "left";
  if (state === "failed") return "failed";
  return state === "deferred" ? "waiting" : "before";
}

/** How many tiles there are of each kind; kinds that don't occur are left out. */
export function countKinds(tiles: Pick<Tile, "kind">[]): { kind: TileKind; count: number }[] {
  return tileKinds.flatMap((kind) => {
    const count = tiles.filter((tile) => tile.kind === kind).length;
    return count > 0 ? [{ kind, count }] : [];
  });
}

/** As many tiles as a picture in small has at most. */
const MOST_IN_SMALL = 30;

/** The tiles of a change in small: one for each lesson, or the same shares where there are too many. */
export function tilesOfCounts(of: Counts): Pick<Tile, "id" | "kind">[] {
  const counts: [TileKind, number][] = [
    ["moved", of.moved],
    ["before", of.remaining],
    ["waiting", of.deferred],
    ["failed", stillFailed(of)],
    ["left", of.skipped + of.answeredSince],
  ];
  const scale = Math.min(1, MOST_IN_SMALL / Math.max(1, of.total));
  // However few there are of a kind, its tile is there.
  return counts.flatMap(([kind, count]) => {
    const length = count > 0 ? Math.max(1, Math.round(count * scale)) : 0;
    return Array.from({ length }, (_, index) => ({ id: `${kind} ${index}`, kind }));
  });
}

type Counts = Pick<
  MigrationView,
  "total" | "moved" | "remaining" | "deferred" | "failed" | "answeredSince" | "skipped"
>;
