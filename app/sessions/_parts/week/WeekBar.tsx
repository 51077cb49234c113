"use client";
import { Button, Group, Text } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { useViewState } from "#app/sessions/_parts/viewState/useViewState.ts";
import { ViewLink } from "#app/sessions/_parts/viewState/ViewLink.tsx";
import { Tip } from "#components/onDemand/Tip.tsx";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import { dateWords } from "#lib/platform/dateWords.ts";
import { dayOf, mondayOf } from "#lib/platform/localTime.ts";
import { UTC } from "#lib/platform/zones/zoneRules.ts";
import classes from "./Week.module.css";
import { type WeekDay, weeksFrom } from "./week.ts";

interface Props {
  days: WeekDay[];
  /** The day whose week is shown where the address names none. */
  usual: string;
}

/** Says which week this is, and links to other weeks. */
export function WeekBar({ days, usual }: Props) {
  const words = useTranslations("sessions.week");
  const language = useLocale();
  const { zone } = useTimes();
  const now = useNow();
  const { go } = useViewState();
  const monday = days[0]?.key ?? "";
  const sunday = days.at(-1)?.key ?? "";
  const today = dayOf(now, zone);
  const isThisWeek = mondayOf(today) === monday;
  const ways = {
    previous: { week: weeksFrom(monday, -1) },
    today: { week: usual === today ? null : today },
    next: { week: weeksFrom(monday, 1) },
  };
  useHotkeys([
    ["alt+shift+ArrowLeft", () => go(ways.previous)],
    ["alt+shift+ArrowRight", () => go(ways.next)],
    ["alt+shift+T", () => go(ways.today), { usePhysicalKeys: true }],
  ]);

  const date = (key: string, pattern: "dayOnly" | "dayAndYear") =>
    words(pattern, dateWords(key, UTC, language));
  const isOneYear = monday.slice(0, 4) === sunday.slice(0, 4);
  const from = date(monday, isOneYear ? "dayOnly" : "dayAndYear");
  const shortcut = (name: string, keys: string) => words("shortcut", { name, keys });
  return (
    <Group justify="space-between" mb="sm" gap="xs">
      <Text component="h2" fw={600} className={classes.range} aria-live="polite">
        {words("range", { from, to: date(sunday, "dayAndYear") })}
      </Text>
      <Button.Group>
        <Tip label={shortcut(words("previous"), "Alt+Shift+←")}>
          <ViewLink change={ways.previous} label={words("previous")} keys="Alt+Shift+ArrowLeft">
            <IconChevronLeft size={18} aria-hidden />
          </ViewLink>
        </Tip>
        <Tip label={shortcut(words("today"), "Alt+Shift+T")}>
          <ViewLink change={ways.today} keys="Alt+Shift+T" isCurrent={isThisWeek}>
            {words("today")}
          </ViewLink>
        </Tip>
        <Tip label={shortcut(words("next"), "Alt+Shift+→")}>
          <ViewLink change={ways.next} label={words("next")} keys="Alt+Shift+ArrowRight">
            <IconChevronRight size={18} aria-hidden />
          </ViewLink>
        </Tip>
      </Button.Group>
    </Group>
  );
}
