"use client";
import { Group } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useViewState } from "#app/sessions/_parts/viewState/useViewState.ts";
import { ViewLink } from "#app/sessions/_parts/viewState/ViewLink.tsx";
import { dateWords } from "#lib/platform/dateWords.ts";
import { UTC } from "#lib/platform/zones/zoneRules.ts";

const starts = { upcoming: "from", past: "until" } as const;
type Part = keyof typeof starts;

/** From a list that begins at another day back to the one that begins today. */
export function BackToNow({ part }: { part: Part }) {
  const words = useTranslations("sessions");
  const start = starts[part];
  if (useViewState().viewState[start] === null) return null;
  return (
    <Group mb="md">
      <ViewLink change={{ [start]: null }}>{words(`${part}Again`)}</ViewLink>
    </Group>
  );
}

/** To the lessons that one page doesn't hold. @param day on which the list goes on; null at its end */
export function MoreLessons({ part, day }: { part: Part; day: string | null }) {
  const words = useTranslations("sessions");
  const language = useLocale();
  if (day === null) return null;
  const date = words("week.dayAndYear", dateWords(day, UTC, language));
  return (
    <Group justify="center" mt="md">
      <ViewLink change={{ [starts[part]]: day }}>{words(`${part}More`, { date })}</ViewLink>
    </Group>
  );
}
