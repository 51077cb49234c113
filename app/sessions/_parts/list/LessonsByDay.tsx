"use client";
import { Button, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import type { Viewer } from "#app/sessions/_parts/lesson.ts";
import classes from "#app/sessions/_parts/Sessions.module.css";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { SessionView } from "#lib/services/sessions/views.ts";
import { LessonRow } from "./LessonRow.tsx";

const PAGE = 10;

interface Props {
  sessions: SessionView[];
  viewer: Viewer;
  /** What stands behind the last one. */
  children: ReactNode;
}

/** Lessons in their order, grouped by the days of the shown zone's calendar, one page at a time. */
export function LessonsByDay({ sessions, viewer, children }: Props) {
  const words = useTranslations("sessions");
  const times = useTimes();
  const now = useNow();
  const [count, setCount] = useState(PAGE);
  const more = Math.min(PAGE, sessions.length - count);
  const days = Map.groupBy(sessions.slice(0, count), ({ scheduledStartAt }) =>
    times.dayKey(scheduledStartAt),
  );
  return (
    <>
      {[...days].map(([key, lessons]) => (
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
      ))}
      {more > 0 ? (
        <Button variant="subtle" fullWidth mt="md" onClick={() => setCount(count + PAGE)}>
          {words("more", { count: more })}
        </Button>
      ) : (
        children
      )}
    </>
  );
}
