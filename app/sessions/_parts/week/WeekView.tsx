"use client";
import { Button, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { Viewer } from "#app/sessions/_parts/lesson.ts";
import { NoMatch } from "#app/sessions/_parts/viewState/NoMatch.tsx";
import { useViewState } from "#app/sessions/_parts/viewState/useViewState.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { SessionView } from "#lib/services/sessions/views.ts";
import { WeekBar } from "./WeekBar.tsx";
import { WeekGrid } from "./WeekGrid.tsx";
import { blocksOf, weekOf } from "./week.ts";

interface Props {
  sessions: SessionView[];
  viewer: Viewer;
  now: string;
  isFiltered: boolean;
}

/** Seven columns on a desktop, or a list by day on a phone. */
export function WeekView({ sessions, viewer, now, isFiltered }: Props) {
  const words = useTranslations("sessions.week");
  const times = useTimes(viewer.zone);
  const { viewState, go } = useViewState();
  const days = weekOf(viewState.week, viewer.zone, now).map((day) => ({
    day,
    blocks: blocksOf(sessions, day, viewer.zone),
  }));
  const last = days.at(-1)?.day.to ?? now;
  const isEmpty = days.every(({ blocks }) => blocks.length === 0);
  const next = sessions.find(({ scheduledStartAt }) => scheduledStartAt >= last);
  if (isFiltered && sessions.length === 0) return <NoMatch elsewhere={0} there="upcoming" />;
  return (
    <>
      <WeekBar days={days.map(({ day }) => day)} viewer={viewer} now={now} />
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
      <WeekGrid days={days} viewer={viewer} now={now} />
    </>
  );
}
