import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useTimes } from "#components/time/useTimes.ts";
import type { MigrationPreview } from "#lib/services/switching/previewViews.ts";
import classes from "./Preview.module.css";

interface Props {
  preview: MigrationPreview;
  label: string;
}

/** How much of the provider's day is used, how much the switch takes of it, and what is left for later days. */
export function DayMeter({ preview, label }: Props) {
  const words = useTranslations("videoSetup.whatIf.meter");
  const times = useTimes();
  const { dayLimit, dayTaken, atOnce, waiting } = preview;
  if (dayLimit === null || dayTaken === null) return null;
  const [first] = waiting;
  const used = { taken: dayTaken, limit: dayLimit };
  const now =
    atOnce === 0 && first ? words("full", used) : words("today", { ...used, count: atOnce });
  const later = first
    ? words("later", { count: waiting.length, when: times.clock(first.until) })
    : null;
  const part = (count: number) => `${(count / dayLimit) * 100}%`;
  return (
    <div className={classes.meter}>
      <Text size="xs" c="dimmed">
        {words("title", { provider: label })}
      </Text>
      <div className={classes.bar} aria-hidden="true">
        <span className={classes.used} style={{ width: part(dayTaken) }} />
        <span
          className={classes.new}
          style={{ width: part(Math.min(atOnce, dayLimit - dayTaken)) }}
        />
      </div>
      <Text size="sm" className="figures">
        {now}
        {later ? ` ${later}` : null}
      </Text>
    </div>
  );
}
