"use client";
import { Button, Stack, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { Answer } from "#components/calls/api.ts";
import { useSentence } from "#components/calls/useCall.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import type { MigrationPreview } from "#lib/services/switching/previewViews.ts";
import type { ProviderView } from "#lib/services/switching/views.ts";
import { DayMeter } from "./DayMeter.tsx";
import classes from "./Preview.module.css";
import { PreviewFacts } from "./PreviewFacts.tsx";
import { PreviewWaiting } from "./PreviewWaiting.tsx";
import { PreviewWeek } from "./PreviewWeek.tsx";

interface Of {
  provider: ProviderView;
  from: ProviderId;
}

interface Props extends Of {
  answer: Answer<MigrationPreview>;
  onAgain: () => void;
}

const leaving = { google_meet: "leaving.google_meet", zoom: null } as const;

/** What a switch would do. It appears all at once, so that nothing below it moves twice. */
export function Preview({ answer, onAgain, ...of }: Props) {
  const words = useTranslations("videoSetup.whatIf");
  const sentenceOf = useSentence();
  if (!answer.ok) {
    return (
      <Stack align="flex-start" gap="xs" className={classes.preview}>
        <Text role="alert" size="sm" c="var(--segue-bad)">
          {sentenceOf(answer.problem)}
        </Text>
        <Button variant="default" size="xs" onClick={onAgain}>
          {words("again")}
        </Button>
      </Stack>
    );
  }
  const preview = answer.data;
  return (
    <div className={classes.preview}>
      <PreviewFacts preview={preview} label={of.provider.label} />
      <div className={classes.pictures}>
        <PreviewWeek preview={preview} to={of.provider.id} />
        <DayMeter preview={preview} label={of.provider.label} />
      </div>
      <Consequences {...of} preview={preview} />
    </div>
  );
}

function Consequences(props: Of & { preview: MigrationPreview }) {
  const { preview, provider, from } = props;
  const words = useTranslations("videoSetup.whatIf");
  const times = useTimes();
  const { tooLong, open } = preview;
  const lost = leaving[from];
  return (
    <ul className={classes.consequences}>
      {preview.waiting.length > 0 ? (
        <li>
          <PreviewWaiting preview={preview} label={provider.label} />
        </li>
      ) : null}
      {preview.staying > 0 ? <li>{words("staying", { count: preview.staying })}</li> : null}
      {open.length > 0 ? (
        <li>
          {words("openNow", { count: open.length })}{" "}
          {open
            .map((lesson) =>
              words("inside", { lesson: words("lesson", lesson), count: lesson.entered }),
            )
            .join(" · ")}
        </li>
      ) : null}
      {tooLong && tooLong.count > 0 ? (
        <li>
          {words(tooLong.assumed ? "tooLongAssumed" : "tooLong", {
            provider: provider.label,
            minutes: tooLong.minutes,
            count: tooLong.count,
          })}
        </li>
      ) : null}
      <li>{words("fade")}</li>
      <li>{words("students")}</li>
      <li>{words(`arriving.${provider.id}`)}</li>
      {lost ? <li>{words(lost)}</li> : null}
      <li>{words("undo", { span: times.minutes(preview.undoMinutes) })}</li>
    </ul>
  );
}
