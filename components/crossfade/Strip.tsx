"use client";
import { useTranslations } from "next-intl";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import { groupTiles, tileSize } from "./groups.ts";
import classes from "./Strip.module.css";
import { TileMark } from "./TileMark.tsx";
import type { Tile } from "./tiles.ts";

interface Props {
  tiles: Tile[];
  /** What the strip is about, for those who don't see it: "Lessons moved". */
  label: string;
  /** The same in one sentence with its numbers. */
  sentence: string;
  moved: number;
}

/**
 * All lessons of a change at once, by week: old colour to new colour as each one gets its room. To a screen
 * reader it is one bar with one sentence.
 */
export function Strip({ tiles, label, sentence, moved }: Props) {
  const words = useTranslations("migrations");
  const times = useTimes();
  const now = useNow();
  const title = ({ subject, student, startsAt, kind }: Tile) =>
    `${times.dayAndClock(startsAt, now)} · ${words("with", { subject, student })} · ${words(`tile.${kind}`)}`;
  return (
    <div
      className={classes.strip}
      data-size={tileSize(tiles.length)}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={tiles.length}
      aria-valuenow={moved}
      aria-valuetext={sentence}
    >
      {groupTiles(tiles, times).map((group) => (
        <div key={group.key} className={classes.group} aria-hidden="true">
          <span className={classes.label}>{group.label}</span>
          <span className={classes.tiles}>
            {group.tiles.map((tile) => (
              <TileMark
                key={tile.id}
                kind={tile.kind}
                from={tile.from}
                to={tile.to}
                isOpen={tile.isOpen}
                title={title(tile)}
              />
            ))}
          </span>
        </div>
      ))}
    </div>
  );
}
