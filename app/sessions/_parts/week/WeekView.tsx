"use client";
import { Button, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { Viewer } from "#app/sessions/_parts/lesson.ts";
import { NoMatch } from "#app/sessions/_parts/viewState/NoMatch.tsx";
import { useViewState } from "#app/sessions/_parts/viewState/useViewState.ts";
import { isFiltered } from "#app/sessions/_parts/viewState/viewState.ts";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { SessionView } from "#lib/services/sessions/views.ts";
import { WeekBar } from "./WeekBar.tsx";
import { WeekGrid } from "./WeekGrid.tsx";
import { blocksOf, usualDay, weekOf } from "./week.ts";

interface Props {
  sessions: SessionView[];
  viewer: Viewer;
}

/** Seven columns on a desktop, or a list by day on a phone. */
export function WeekView({ sessions, viewer }: Props) {
  const words = useTranslations("sessions.week");
  const times = useTimes();
  const now = useNow();
  const { viewState, go, hasAll } = useViewState();
  const usual = usualDay(sessions, times.zone, now);
  const days = weekOf(viewState.week ?? usual, times.zone).map((day) => ({
    day,
    blocks: blocksOf(sessions, day, times.zone),
  }));
  const last = days.at(-1)?.day.to ?? now;
  const isEmpty = days.every(({ blocks }) => blocks.length === 0);
  const next = sessions.find(({ scheduledStartAt }) => scheduledStartAt >= last);
  if (sessions.length === 0 && isFiltered(viewState) && hasAll) {
    return <NoMatch elsewhere={0} there="upcoming" />;
  }
  return (
    <>
      <WeekBar days={days.map(({ day }) => day)} usual={usual} />
      {isEmpty ? (
        <Text mb="md" role="status" component="div">
          {words("empty")}{" "}
          {next ? (
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => go({ week: times.dayKey(next.scheduledStartAt) })}
            >
              {words("jump", { when: times.dayAndClock(next.scheduledStartAt, now) })}
            </Button>
          ) : null}
        </Text>
      ) : null}
      <WeekGrid days={days} viewer={viewer} />
    </>
  );
}
