"use client";
import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Viewer } from "#app/sessions/_parts/lesson.ts";
import type { SessionView } from "#lib/services/sessions/views.ts";
import { DayList } from "./DayList.tsx";

const PAGE = 10;

interface Props {
  sessions: SessionView[];
  viewer: Viewer;
}

/** Lessons by day, one page at a time. */
export function Paged({ sessions, viewer }: Props) {
  const words = useTranslations("sessions");
  const [count, setCount] = useState(PAGE);
  const more = Math.min(PAGE, sessions.length - count);
  return (
    <>
      <DayList sessions={sessions.slice(0, count)} viewer={viewer} />
      {more > 0 ? (
        <Button variant="subtle" fullWidth mt="md" onClick={() => setCount(count + PAGE)}>
          {words("more", { count: more })}
        </Button>
      ) : null}
    </>
  );
}
