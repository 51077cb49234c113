/** A recorded switch, told as what the strip shows at each of its moments. */
import type { Tile, TileKind } from "#components/crossfade/tiles.ts";

export interface Recorded {
  /** When each lesson begins, in minutes after the first one. */
  startsAfterMinutes: number[];
  steps: { atMs: number; lesson: number; kind: string }[];
}

const MINUTE_MS = 60_000;

/** The tiles as they were so long after the switch began, as if the first lesson were at `firstAt`. */
export function tilesAt(
  { startsAfterMinutes, steps }: Recorded,
  ms: number,
  firstAt: string,
): Tile[] {
  const kinds = new Map<number, TileKind>();
  for (const { atMs, lesson, kind } of steps) if (atMs <= ms) kinds.set(lesson, kind as TileKind);
  return startsAfterMinutes.map((minutes, lesson) => ({
    id: `${lesson}`,
    startsAt: new Date(Date.parse(firstAt) + minutes * MINUTE_MS).toISOString(),
    kind: kinds.get(lesson) ?? "before",
    from: "zoom",
    to: "google_meet",
    isOpen: false,
    subject: "",
    student: "",
  }));
}

export const lengthOf = ({ steps }: Recorded): number => steps.at(-1)?.atMs ?? 0;
