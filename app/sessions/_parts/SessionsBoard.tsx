"use client";
import { Button, Tabs, TabsList, TabsPanel, TabsTab, Text } from "@mantine/core";
import { IconCalendarPlus } from "@tabler/icons-react";
import { useState } from "react";
import { ButtonLink } from "#components/ButtonLink.tsx";
import { Empty } from "#components/Empty.tsx";
import { useNow } from "#components/useNow.ts";
import { useReread } from "#components/useReread.ts";
import { sessionWords as words } from "#components/words/sessions.ts";
import type { SessionView } from "#lib/services/views.ts";
import { DayList } from "./DayList.tsx";
import { isAhead, type Viewer } from "./lesson.ts";
import { NextLesson } from "./NextLesson.tsx";

const REREAD_MS = { settled: 60_000, preparing: 5_000 };
const PAGE = 15;

interface Props {
  sessions: SessionView[];
  viewer: Viewer;
  now: string;
}

/** The next lesson large, the others by day; what is over behind a tab. */
export function SessionsBoard({ sessions, viewer, now: rendered }: Props) {
  const now = useNow(rendered);
  const ahead = sessions.filter((session) => isAhead(session, now));
  const past = sessions.filter((session) => !isAhead(session, now)).reverse();
  const isPreparing = ahead.some(({ linkState }) => linkState === "preparing");
  useReread(isPreparing ? REREAD_MS.preparing : REREAD_MS.settled);
  const [next, ...later] = ahead;
  return (
    <Tabs defaultValue="upcoming" keepMounted={false}>
      <TabsList mb="lg">
        <TabsTab value="upcoming">{words.upcoming}</TabsTab>
        <TabsTab value="past">{words.past}</TabsTab>
      </TabsList>
      <TabsPanel value="upcoming">
        {next ? (
          <>
            <NextLesson session={next} viewer={viewer} now={now} />
            <Paged sessions={later} viewer={viewer} now={now} />
          </>
        ) : (
          <NothingAhead viewer={viewer} />
        )}
      </TabsPanel>
      <TabsPanel value="past">
        {past.length === 0 ? (
          <Text c="dimmed">{words.emptyPast}</Text>
        ) : (
          <Paged sessions={past} viewer={viewer} now={now} />
        )}
      </TabsPanel>
    </Tabs>
  );
}

function Paged({ sessions, viewer, now }: Props) {
  const [count, setCount] = useState(PAGE);
  const more = Math.min(PAGE, sessions.length - count);
  return (
    <>
      <DayList sessions={sessions.slice(0, count)} viewer={viewer} now={now} />
      {more > 0 ? (
        <Button variant="subtle" fullWidth mt="md" onClick={() => setCount(count + PAGE)}>
          {words.more(more)}
        </Button>
      ) : null}
    </>
  );
}

function NothingAhead({ viewer }: { viewer: Viewer }) {
  const empty = viewer.role === "student" ? words.empty.student : words.empty.tutor;
  return (
    <Empty
      icon={<IconCalendarPlus size={28} aria-hidden />}
      title={empty.title}
      text={empty.text}
      action={<ButtonLink href="/bookings">{empty.action}</ButtonLink>}
    />
  );
}
