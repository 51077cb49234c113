import { Paper } from "@mantine/core";
import { ProviderName } from "#components/ProviderMark.tsx";
import { welcomeWords } from "#components/words/welcome.ts";
import classes from "./Welcome.module.css";

const stages = ["new", "between", "old"] as const;

/** The crossfade as a picture: soonest lesson first, none of them ever without a room. */
export function CrossfadePicture() {
  return (
    <Paper role="img" aria-label={welcomeWords.picture} p="lg" shadow="sm">
      {welcomeWords.rows.map((row, index) => (
        <div key={row.time} className={classes.row} data-stage={stages[index]}>
          <span className="figures">{row.time}</span>
          <strong>{row.subject}</strong>
          <span className={classes.rooms}>
            <span className={classes.old}>
              <ProviderName provider="zoom" />
            </span>
            <span className={classes.new}>
              <ProviderName provider="google_meet" />
            </span>
          </span>
        </div>
      ))}
    </Paper>
  );
}
