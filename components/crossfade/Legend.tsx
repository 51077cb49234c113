import { useTranslations } from "next-intl";
import classes from "./Strip.module.css";
import { TileMark } from "./TileMark.tsx";
import { countKinds, type Tile } from "./tiles.ts";

/** What the tiles' shapes mean, and how many there are of each. */
export function Legend({ tiles }: { tiles: Tile[] }) {
  const words = useTranslations("migrations");
  const open = tiles.filter(({ isOpen }) => isOpen).length;
  const [first] = tiles;
  if (!first) return null;
  const { from, to } = first;
  return (
    <ul className={classes.legend}>
      {countKinds(tiles).map(({ kind, count }) => (
        <li key={kind}>
          <TileMark kind={kind} from={from} to={to} isOpen={false} />
          {words(`legend.${kind}`, { count })}
        </li>
      ))}
      {open > 0 ? (
        <li>
          <TileMark kind="before" from={from} to={to} isOpen />
          {words("legend.open", { count: open })}
        </li>
      ) : null}
    </ul>
  );
}
