import { useTranslations } from "next-intl";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { MigrationPreview } from "#lib/services/switching/previewViews.ts";
import classes from "./Preview.module.css";

interface Props {
  preview: MigrationPreview;
  label: string;
}

/** Lessons that must wait because of the daily limit: how many, until when, and which. */
export function PreviewWaiting({ preview, label }: Props) {
  const words = useTranslations("videoSetup.whatIf");
  const times = useTimes();
  const now = useNow();
  const { waiting, dayLimit } = preview;
  const [first, last] = [waiting[0], waiting.at(-1)];
  if (!first || !last || dayLimit === null) return null;
  const when = times.clock(first.until);
  return (
    <>
      {words("waits", { provider: label, limit: dayLimit, count: waiting.length, when })}{" "}
      {last.until === first.until
        ? null
        : words("waitsDays", { when: times.dayAndClock(last.until, now) })}
      <details className={classes.which}>
        <summary>{words("which", { count: waiting.length })}</summary>
        <ul>
          {waiting.map((lesson) => (
            <li key={lesson.sessionId} className="figures">
              {times.dayAndClock(lesson.startsAt, now)} · {words("lesson", lesson)} ·{" "}
              {words("after", { when: times.dayAndClock(lesson.until, now) })}
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
