"use client";
import { Tabs, TabsList, TabsPanel, TabsTab } from "@mantine/core";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useReread } from "#components/calls/useReread.ts";
import { useNow } from "#components/time/useNow.ts";
import type { ShownSessions } from "#lib/services/sessions/shownSessions.ts";
import type { SessionView } from "#lib/services/sessions/views.ts";
import { isAhead, isJoinable, type Viewer } from "./lesson.ts";
import { LessonList } from "./list/LessonList.tsx";
import { MovedRooms } from "./MovedRooms.tsx";
import { SessionsHead } from "./SessionsHead.tsx";
import { FilterToggle } from "./viewState/FilterToggle.tsx";
import { ShownZone } from "./viewState/ShownZone.tsx";
import { HasAllLessons, useViewState } from "./viewState/useViewState.ts";
import { matches, type View, views } from "./viewState/viewState.ts";

const WeekView = dynamic(() => import("./week/WeekView.tsx").then((file) => file.WeekView));

const REREAD_MS = { settled: 60_000, open: 5_000 };

interface Props {
  shown: ShownSessions;
  /** Bookings that wait for an answer. */
  requests: number;
  viewer: Viewer;
  /** What to show before anything else. */
  children: ReactNode;
}

/** The lessons of one person: what comes next, a week at a glance, and what is over. */
export function SessionsBoard(props: Props) {
  const { shown, requests, viewer, children } = props;
  const { sessions, isAll } = shown;
  const words = useTranslations("sessions");
  const now = useNow();
  const { viewState, go } = useViewState();
  useReread(sessions.some((session) => isBusy(session, now)) ? REREAD_MS.open : REREAD_MS.settled);

  const found = sessions.filter((session) => matches(session, viewState, now));
  const lessons = { sessions: found, viewer };
  return (
    <HasAllLessons value={isAll}>
      <SessionsHead title={words("title")} home={viewer.home} />
      <ShownZone>
        {children}
        <MovedRooms sessions={sessions} viewer={viewer} />
        <Tabs
          value={viewState.view}
          onChange={(view) => go({ view: (view as View | null) ?? "upcoming" })}
          keepMounted={false}
        >
          <TabsList mb="md">
            {views.map((view) => (
              <TabsTab key={view} value={view}>
                {words(`views.${view}`)}
              </TabsTab>
            ))}
          </TabsList>
          {sessions.length > 0 ? <FilterToggle /> : null}
          <TabsPanel value="upcoming">
            <LessonList part="upcoming" {...lessons} requests={requests} more={shown.later} />
          </TabsPanel>
          <TabsPanel value="week">
            <WeekView {...lessons} />
          </TabsPanel>
          <TabsPanel value="past">
            <LessonList part="past" {...lessons} requests={requests} more={shown.earlier} />
          </TabsPanel>
        </Tabs>
      </ShownZone>
    </HasAllLessons>
  );
}

/** Whether the lesson's room may be made, opened or replaced at any moment. */
const isBusy = (session: SessionView, now: string): boolean =>
  isAhead(session, now) && (session.linkState === "preparing" || isJoinable(session, now));
