/** Arranges the strip's tiles by time, so that all of them are seen at once, on a phone too. */
import { mondayOf, startOfDay } from "#lib/platform/localTime.ts";
import type { Times } from "../time/times.ts";
import type { Tile } from "./tiles.ts";

export interface TileGroup {
  /** "2026-12-07", the week's Monday; "2026-12" for a month; "2026" for a year. */
  key: string;
  label: string;
  tiles: Tile[];
}

export type TileSize = "large" | "medium" | "small" | "tiny";

/** A tile and the gap beside it, in pixels; as in Strip.module.css. */
const cells: Record<TileSize, number> = { large: 25, medium: 19, small: 15, tiny: 11 };

/** The more lessons, the smaller their tiles. */
export function tileSize(count: number): TileSize {
  if (count <= 40) return "large";
  if (count <= 120) return "medium";
  return count <= 300 ? "small" : "tiny";
}

/** What a phone of 390 px has for a strip: so wide, and so high that the sentence above and the numbers below are seen. */
const PHONE = { width: 316, height: 560 };
const LABEL = { width: 44, height: 16 };
const GAP = { across: 16, down: 10 };

/** Soonest first, by week; by month or by year where that many weeks would be higher than a phone. */
export function groupTiles(tiles: Tile[], times: Times): TileGroup[] {
  const soonestFirst = tiles.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt));
  const weeks = groupBy(soonestFirst, ({ startsAt }) => {
    const key = mondayOf(times.dayKey(startsAt));
    return { key, label: times.shortDay(startOfDay(key, times.zone)) };
  });
  if (fits(weeks, tiles.length)) return weeks;
  const months = groupBy(soonestFirst, ({ startsAt }) => ({
    key: times.dayKey(startsAt).slice(0, 7),
    label: times.month(startsAt),
  }));
  if (fits(months, tiles.length)) return months;
  return groupBy(soonestFirst, ({ startsAt }) => {
    const key = times.dayKey(startsAt).slice(0, 4);
    return { key, label: key };
  });
}

function groupBy(tiles: Tile[], of: (tile: Tile) => Omit<TileGroup, "tiles">): TileGroup[] {
  const groups = new Map<string, TileGroup>();
  for (const tile of tiles) {
    const named = of(tile);
    const group = groups.get(named.key) ?? { ...named, tiles: [] };
    group.tiles.push(tile);
    groups.set(named.key, group);
  }
  return [...groups.values()];
}

/** Groups stand side by side as long as there is room, as the strip's flex box puts them. */
function fits(groups: TileGroup[], count: number): boolean {
  const cell = cells[tileSize(count)];
  const across = Math.floor(PHONE.width / cell);
  let [left, line, height] = [PHONE.width, 0, 0];
  for (const { tiles } of groups) {
    const width = Math.max(LABEL.width, Math.min(tiles.length, across) * cell);
    if (width > left) {
      height += line + GAP.down;
      [left, line] = [PHONE.width, 0];
    }
    left -= width + GAP.across;
    line = Math.max(line, LABEL.height + Math.ceil(tiles.length / across) * cell);
  }
  return height + line <= PHONE.height;
}
