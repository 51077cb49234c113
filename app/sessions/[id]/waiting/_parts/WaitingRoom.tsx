"use client";
import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useViewState } from "#app/sessions/_parts/viewState/useViewState.ts";
import { ButtonLink } from "#components/ButtonLink.tsx";
import { useReread } from "#components/calls/useReread.ts";
import { SegueMark } from "#components/frame/Brand.tsx";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import { countdown } from "#lib/platform/localTime.ts";
import { JoinButton } from "../../../_parts/JoinButton.tsx";
import { isTutorOf, type LessonProps } from "../../../_parts/lesson.ts";
import { Changes } from "./Changes.tsx";
import { Lesson } from "./Lesson.tsx";
import { type WaitingState, waitingState } from "./state.ts";
import { useStateWords } from "./useStateWords.ts";
import classes from "./WaitingRoom.module.css";

/** How often to read the page again, in milliseconds; null when nothing can change the state any more. */
const rereadMs: Record<WaitingState, number | null> = {
  early: 5_000,
  preparing: 3_000,
  waiting: 5_000,
  failed: 5_000,
  open: 5_000,
  moved: 5_000,
  cancelled: null,
  missed: null,
  over: null,
};

export function WaitingRoom({ session, viewer }: LessonProps) {
  const words = useTranslations("waiting");
  const { query } = useViewState();
  const now = useNow();
  const times = useTimes();
  const state = waitingState(session, now);
  const [hasJoined, setHasJoined] = useState(false);
  useReread(rereadMs[state]);
  useOpening(session.id, state === "open" && !hasJoined);

  const { title, text } = useStateWords({ session, viewer }, state, hasJoined);
  const isJoinable = state === "open" || state === "moved";
  const needsProvider = isTutorOf(session, viewer) && (state === "waiting" || state === "failed");
  return (
    <Paper p={{ base: "lg", sm: "xl" }} maw={560} mx="auto">
      <Stack gap="lg">
        <SegueMark size={48} />
        <div role="status">
          <Changes session={session} />
          <Title order={1}>{title}</Title>
          <Text c="dimmed" mt={4}>
            {text}
          </Text>
        </div>
        {state === "early" && times.dayKey(session.opensAt) === times.dayKey(now) ? (
          <Text className={classes.countdown} role="timer">
            {countdown(session.opensAt, now)}
          </Text>
        ) : null}
        <Lesson session={session} viewer={viewer} />
        <Group>
          {isJoinable ? (
            <JoinButton session={session} describedBy="lesson" onJoin={() => setHasJoined(true)} />
          ) : null}
          {needsProvider ? (
            <ButtonLink href="/tutor/video-setup">{words("provider")}</ButtonLink>
          ) : null}
          <ButtonLink href={`/sessions/${session.id}${query}`} variant="default">
            {words("details")}
          </ButtonLink>
          <ButtonLink href={`/sessions${query}`} variant="default">
            {words("back")}
          </ButtonLink>
        </Group>
      </Stack>
    </Paper>
  );
}

/** Enters the room by itself, in this tab, as soon as it is open. */
function useOpening(sessionId: string, isOpen: boolean): void {
  // If the join link led here although the room looks open, wait before trying it again, or the two addresses
  // would redirect to each other in a tight loop.
  const [delayMs] = useState(isOpen ? 3000 : 0);
  useEffect(() => {
    if (!isOpen) return;
    const timer = setTimeout(() => window.location.replace(`/sessions/${sessionId}/join`), delayMs);
    return () => clearTimeout(timer);
  }, [isOpen, sessionId, delayMs]);
}
