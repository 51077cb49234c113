"use client";
import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useEffect, useState } from "react";
import { SegueMark } from "#components/Brand.tsx";
import { ButtonLink } from "#components/ButtonLink.tsx";
import { LessonTime } from "#components/Time.tsx";
import { clock, countdown, day, dayAndClock, dayKey, zoneName } from "#components/time.ts";
import { useNow } from "#components/useNow.ts";
import { useReread } from "#components/useReread.ts";
import { sessionWords, waitingWords as words } from "#components/words/sessions.ts";
import { shellWords } from "#components/words/shell.ts";
import type { SessionView } from "#lib/services/views.ts";
import { JoinButton } from "../../../_parts/JoinButton.tsx";
import { isTutorOf, otherParty, type Viewer } from "../../../_parts/lesson.ts";
import { Place } from "../../../_parts/Place.tsx";
import { type WaitingState, waitingState } from "./state.ts";
import classes from "./WaitingRoom.module.css";

/** How often to look again; null where only the clock or nothing can change it. */
const rereadMs: Record<WaitingState, number | null> = {
  early: 60_000,
  preparing: 3000,
  waiting: 10_000,
  failed: 10_000,
  open: null,
  cancelled: null,
  over: null,
};

interface Props {
  session: SessionView;
  viewer: Viewer;
  now: string;
}

export function WaitingRoom({ session, viewer, now: rendered }: Props) {
  const now = useNow(rendered);
  const state = waitingState(session, now);
  useReread(rereadMs[state]);
  const isOpen = state === "open";
  const { id, scheduledStartAt: start } = session;
  // Sent here although it looks open: whatever the reason, the two must not chase each other.
  const [delayMs] = useState(isOpen ? 3000 : 0);
  useEffect(() => {
    if (!isOpen) return;
    const timer = setTimeout(() => window.location.replace(`/sessions/${id}/join`), delayMs);
    return () => clearTimeout(timer);
  }, [isOpen, id, delayMs]);

  const { title, text } = wordsFor(state, session, viewer, now);
  return (
    <Paper p={{ base: "lg", sm: "xl" }} maw={560} mx="auto">
      <Stack gap="lg">
        <SegueMark size={48} />
        <div role="status">
          <Title order={1}>{title}</Title>
          <Text c="dimmed" mt={4}>
            {text}
          </Text>
        </div>
        {state === "early" && dayKey(start, viewer.zone) === dayKey(now, viewer.zone) ? (
          <Text className={classes.countdown} role="timer">
            {countdown(session.opensAt, now)}
          </Text>
        ) : null}
        <Lesson session={session} viewer={viewer} now={now} />
        <Group>
          {isOpen ? (
            <JoinButton session={session} zone={viewer.zone} now={now} describedBy="lesson" />
          ) : null}
          <ButtonLink href="/sessions" variant="default">
            {words.back}
          </ButtonLink>
        </Group>
      </Stack>
    </Paper>
  );
}

/** Who teaches what, when and where. */
function Lesson({ session, viewer, now }: Props) {
  const { scheduledStartAt: start, scheduledEndAt: end } = session;
  const mayNeedToBeLetIn = session.provider === "google_meet" && !isTutorOf(session, viewer);
  const other = otherParty(session, viewer);
  return (
    <div className={classes.lesson}>
      <Text id="lesson" fw={600}>
        {session.subject} {sessionWords.with(other.name)}
      </Text>
      <Text component="div">
        {day(start, viewer.zone, now)},{" "}
        <LessonTime from={start} to={end} zone={viewer.zone} now={now} other={other} />
      </Text>
      <Text size="sm" c="dimmed">
        {shellWords.timesIn(zoneName(viewer.zone, start))}
      </Text>
      <Place session={session} viewer={viewer} />
      {mayNeedToBeLetIn ? (
        <Text size="sm" mt={8}>
          {words.letIn}
        </Text>
      ) : null}
    </div>
  );
}

function wordsFor(state: WaitingState, session: SessionView, viewer: Viewer, now: string) {
  const isTutor = isTutorOf(session, viewer);
  const tutor = session.tutor.name;
  switch (state) {
    case "early":
      return { title: words.early, text: words.earlyText(opening(session, viewer, now)) };
    case "preparing":
      return { title: words.preparing, text: words.preparingText };
    case "waiting":
      return {
        title: words.waiting,
        text: isTutor ? words.waitingForTutor : words.waitingText(tutor),
      };
    case "failed":
      return {
        title: words.failed,
        text: isTutor ? words.failedForTutor : words.failedText(tutor),
      };
    case "open":
      return { title: words.open, text: words.openText };
    case "cancelled":
      return { title: words.cancelled, text: words.cancelledText };
    case "over":
      return { title: words.over, text: words.overText };
  }
}

function opening({ opensAt }: SessionView, { zone }: Viewer, now: string): string {
  const isToday = dayKey(opensAt, zone) === dayKey(now, zone);
  return isToday ? clock(opensAt, zone) : dayAndClock(opensAt, zone, now);
}
