import { Paper } from "@mantine/core";
import { useTranslations } from "next-intl";
import { ProviderName } from "#components/ProviderMark.tsx";
import classes from "./Welcome.module.css";

const lessons = [
  { time: "16:00", subject: "algebra", stage: "new" },
  { time: "17:00", subject: "french", stage: "between" },
  { time: "18:30", subject: "physics", stage: "old" },
] as const;

/** The crossfade as a picture: the soonest lesson moves first, and no lesson is ever without a room. */
export function CrossfadePicture() {
  const words = useTranslations("welcome");
  return (
    <Paper role="img" aria-label={words("picture")} p="lg" shadow="sm">
      {lessons.map(({ time, subject, stage }) => (
        <div key={time} className={classes.row} data-stage={stage}>
          <span className="figures">{time}</span>
          <strong>{words(`subjects.${subject}`)}</strong>
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
