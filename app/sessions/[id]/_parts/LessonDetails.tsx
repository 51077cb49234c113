"use client";
import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LessonMenu } from "#app/sessions/_parts/menu/LessonMenu.tsx";
import { useViewState } from "#app/sessions/_parts/viewState/useViewState.ts";
import { TextLink } from "#components/ButtonLink.tsx";
import { useReread } from "#components/calls/useReread.ts";
import { useNow } from "#components/time/useNow.ts";
import { JoinButton } from "../../_parts/JoinButton.tsx";
import {
  isAhead,
  type LessonProps,
  mayBeChanged,
  otherParty,
  statusAt,
} from "../../_parts/lesson.ts";
import { MovedRooms } from "../../_parts/MovedRooms.tsx";
import { Opening } from "../../_parts/Opening.tsx";
import { SessionsHead } from "../../_parts/SessionsHead.tsx";
import { LessonFacts } from "./LessonFacts.tsx";

const REREAD_MS = { settled: 60_000, ahead: 5_000 };

interface Props extends LessonProps {
  /** The rooms or moves of the lesson so far. */
  children: ReactNode;
}

export function LessonDetails({ session, viewer: self, now: rendered, children }: Props) {
  const words = useTranslations("sessions");
  const { viewState, query } = useViewState();
  const now = useNow(rendered);
  const viewer = { ...self, zone: viewState.zone ?? self.zone };
  useReread(isAhead(session, now) ? REREAD_MS.ahead : REREAD_MS.settled);
  const shown = { session, viewer, now };
  const title = `${session.subject} ${words("with", { name: otherParty(session, viewer).name })}`;
  return (
    <>
      <Text size="sm" mb="xs">
        <TextLink href={`/sessions${query}`}>
          <IconArrowLeft size={14} aria-hidden /> {words("details.back")}
        </TextLink>
      </Text>
      <SessionsHead title={title} home={self.zone} now={now} />
      <MovedRooms sessions={[session]} viewer={viewer} now={now} />
      <Stack gap="lg">
        <Paper p="lg" component="section" aria-label={words("details.title")}>
          <Group justify="space-between" wrap="nowrap" mb="md">
            <Group gap="md">
              {isAhead(session, now) ? (
                <JoinButton session={session} zone={viewer.zone} now={now} describedBy="when" />
              ) : (
                <Text fw={600}>{words(`status.${statusAt(session, now)}`)}</Text>
              )}
              <Opening {...shown} />
            </Group>
            {mayBeChanged(session, viewer, now) ? <LessonMenu {...shown} /> : null}
          </Group>
          <LessonFacts {...shown} />
        </Paper>
        <Paper p="lg" component="section" aria-labelledby="history">
          <Title order={2} id="history" mb="md">
            {words("history.title")}
          </Title>
          {children}
        </Paper>
      </Stack>
    </>
  );
}
