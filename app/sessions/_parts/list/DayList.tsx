"use client";
import { Title } from "@mantine/core";
import type { Viewer } from "#app/sessions/_parts/lesson.ts";
import classes from "#app/sessions/_parts/Sessions.module.css";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { SessionView } from "#lib/services/sessions/views.ts";
import { LessonRow } from "./LessonRow.tsx";

interface Props {
  sessions: SessionView[];
  viewer: Viewer;
}

/** Lessons in order, grouped by the days of the viewer's calendar. */
export function DayList({ sessions, viewer }: Props) {
  const times = useTimes();
  const now = useNow();
  const days = Map.groupBy(sessions, ({ scheduledStartAt }) => times.dayKey(scheduledStartAt));
  return [...days].map(([key, lessons]) => (
    <section key={key} aria-labelledby={`day-${key}`} className={classes.day}>
      <Title order={2} id={`day-${key}`} className={classes.dayName}>
        {times.day(lessons[0]?.scheduledStartAt ?? now, now)}
      </Title>
      <ul className={classes.lessons}>
        {lessons.map((session) => (
          <LessonRow key={session.id} session={session} viewer={viewer} />
        ))}
      </ul>
    </section>
  ));
}
