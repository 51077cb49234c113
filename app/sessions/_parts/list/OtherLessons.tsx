"use client";
import { Group } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { ViewLink } from "#app/sessions/_parts/viewState/ViewLink.tsx";
import { dateWords } from "#lib/platform/dateWords.ts";

interface Props {
  part: "upcoming" | "past";
  /** The day at which the shown list begins; null for today. */
  start: string | null;
  /** The day on which it goes on; null at its end. */
  more: string | null;
}

/** The way to the lessons that one page doesn't hold, and back. */
export function OtherLessons({ part, start, more }: Props) {
  const words = useTranslations("sessions");
  const language = useLocale();
  const name = part === "past" ? "until" : "from";
  if (start === null && more === null) return null;
  const date = more && words("week.dayAndYear", dateWords(more, "UTC", language));
  return (
    <Group justify="center" mt="md">
      {start ? <ViewLink change={{ [name]: null }}>{words(`${part}Again`)}</ViewLink> : null}
      {more ? (
        <ViewLink change={{ [name]: more }}>{words(`${part}More`, { date: date ?? "" })}</ViewLink>
      ) : null}
    </Group>
  );
}
