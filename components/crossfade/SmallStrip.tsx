import type { MigrationView } from "#lib/services/switching/views.ts";
import classes from "./Strip.module.css";
import { TileMark } from "./TileMark.tsx";
import { tilesOfCounts } from "./tiles.ts";

/** A change in small, drawn from its numbers. They stand beside it in words. */
export function SmallStrip({ migration }: { migration: MigrationView }) {
  const { from, to } = migration;
  return (
    <span className={classes.small} aria-hidden="true">
      {tilesOfCounts(migration).map(({ id, kind }) => (
        <TileMark key={id} kind={kind} from={from ?? to} to={to} isOpen={false} />
      ))}
    </span>
  );
}
