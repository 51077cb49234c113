import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { MigrationPreview } from "#lib/services/switching/previewViews.ts";
import classes from "./Preview.module.css";

interface Props {
  preview: MigrationPreview;
  label: string;
}

/** The three facts that decide: how many lessons, which is next, how long it takes. */
export function PreviewFacts({ preview, label }: Props) {
  const words = useTranslations("videoSetup.whatIf");
  const times = useTimes();
  const now = useNow();
  const { total, atOnce, next, seconds, measured } = preview;
  return (
    <dl className={classes.facts}>
      <Fact
        name={words("lessons")}
        note={atOnce < total ? words("atOnce", { count: atOnce }) : null}
      >
        {total}
      </Fact>
      <Fact name={words("next")} note={next ? words("lesson", next) : null}>
        {next ? times.dayAndClock(next.startsAt, now) : words("nextNone")}
      </Fact>
      {seconds === null ? null : (
        <Fact
          name={words("takes")}
          note={measured ? words("measured") : words("published", { provider: label })}
        >
          {duration(words, seconds)}
        </Fact>
      )}
    </dl>
  );
}

function Fact(props: { name: string; note: string | null; children: ReactNode }) {
  return (
    <div>
      <Text component="dt" size="xs" c="dimmed">
        {props.name}
      </Text>
      <Text component="dd" fw={600} className="figures">
        {props.children}
      </Text>
      {props.note ? (
        <Text component="dd" size="xs" c="dimmed">
          {props.note}
        </Text>
      ) : null}
    </div>
  );
}

/** Rounded, so as not to promise more than anybody can know. */
function duration(
  words: ReturnType<typeof useTranslations<"videoSetup.whatIf">>,
  seconds: number,
): string {
  if (seconds < 90) return words("seconds", { count: Math.max(5, Math.ceil(seconds / 5) * 5) });
  return words("minutes", { count: Math.round(seconds / 60) });
}
