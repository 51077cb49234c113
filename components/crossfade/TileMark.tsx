import { memo } from "react";
import classes from "./TileMark.module.css";
import type { Tile, TileKind } from "./tiles.ts";

/** Drawn in the text's colour, so that they stay where a system takes all other colours away. */
const glyphs: Record<TileKind, string | null> = {
  before: null,
  moving: "M3.5 8h8M8.5 4.5 12 8l-3.5 3.5",
  moved: "m3.5 8.5 3 3 6-7",
  failed: "m4 4 8 8M12 4l-8 8",
  waiting: "M5.5 4v8M10.5 4v8",
  left: "M4 8h8",
};

type Props = Pick<Tile, "kind" | "from" | "to" | "isOpen"> & { title?: string };

/** One lesson of the strip. Round while its room is open, square otherwise. */
export const TileMark = memo(function TileMark({ kind, from, to, isOpen, title }: Props) {
  const glyph = glyphs[kind];
  return (
    <span
      className={classes.tile}
      data-kind={kind}
      data-from={from ?? "none"}
      data-to={to}
      data-open={isOpen || undefined}
      title={title}
    >
      {glyph ? (
        <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
          <path d={glyph} />
        </svg>
      ) : null}
    </span>
  );
});
