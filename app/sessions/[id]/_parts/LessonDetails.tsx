"use client";
import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LessonMenu } from "#app/sessions/_parts/menu/LessonMenu.tsx";
import { useViewState } from "#app/sessions/_parts/viewState/useViewState.ts";
import { TextLink } from "#components/ButtonLink.tsx";
import { useReread } from "#components/calls/useReread.ts";
import { Messages } from "#components/messages/Messages.tsx";
import { useNow } from "#components/time/useNow.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import { Asked } from "../../_parts/asking/Asked.tsx";
import { TimeRequests } from "../../_parts/asking/TimeRequests.tsx";
import { JoinButton } from "../../_parts/JoinButton.tsx";
import {
  isAhead,
  isTutorOf,
  type LessonProps,
  mayBeChanged,
  otherParty,
  statusAt,
} from "../../_parts/lesson.ts";
import { MovedRooms } from "../../_parts/MovedRooms.tsx";
import { Opening } from "../../_parts/Opening.tsx";
import { SessionsHead } from "../../_parts/SessionsHead.tsx";
import { LessonFacts } from "./LessonFacts.tsx";
import { Passcode } from "./Passcode.tsx";

const REREAD_MS = { settled: 60_000, ahead: 5_000 };

interface Props extends LessonProps {
  /** The provider of the viewer's own connection, if that is dead. */
  dead: ProviderId | null;
  /** The student's own link, if they have no account and the viewer may pass it on. */
  handOver: string | null;
  /** The rooms or moves of the lesson so far. */
  children: ReactNode;
}

export function LessonDetails({ session, viewer, dead, handOver, children }: Props) {
  const words = useTranslations("sessions");
  const messages = useTranslations("messages");
  const { query } = useViewState();
  const now = useNow();
  useReread(isAhead(session, now) ? REREAD_MS.ahead : REREAD_MS.settled);
  const shown = { session, viewer };
  const { changeRequest: request } = session;
  const title = `${session.subject} ${words("with", { name: otherParty(session, viewer).name })}`;
  return (
    <>
      <Text size="sm" mb="xs">
        <TextLink href={`/sessions${query}`}>
          <IconArrowLeft size={14} aria-hidden /> {words("details.back")}
        </TextLink>
      </Text>
      <SessionsHead title={title} home={viewer.home} />
      <MovedRooms sessions={[session]} viewer={viewer} />
      <TimeRequests sessions={[session]} viewer={viewer} />
      <Passcode {...shown} isDead={dead !== null && dead === session.provider} />
      <Stack gap="lg">
        <Paper p="lg" component="section" aria-label={words("details.title")}>
          <Group justify="space-between" wrap="nowrap" mb="md">
            <Group gap="md">
              {isAhead(session, now) || session.passcode ? (
                <JoinButton
                  session={session}
                  describedBy="when"
                  withPasscode={Boolean(session.passcode)}
                />
              ) : (
                <Text fw={600}>{words(`status.${statusAt(session, now)}`)}</Text>
              )}
              <Opening session={session} />
            </Group>
            {mayBeChanged(session, viewer, now) ? <LessonMenu {...shown} /> : null}
          </Group>
          <LessonFacts {...shown} handOver={handOver} />
          {request && !isTutorOf(session, viewer) ? (
            <Asked
              request={request}
              tutor={session.tutor.name}
              startsAt={session.scheduledStartAt}
              isOwn={request.from === "student" && session.student.id === viewer.id}
              path={`/api/change-requests/${request.id}/withdraw`}
            />
          ) : null}
        </Paper>
        {session.messages?.length ? (
          <Paper p="lg" component="section" aria-labelledby="messages">
            <Title order={2} id="messages" mb="md">
              {messages("title")}
            </Title>
            <Stack gap="xs">
              <Messages {...session} messages={session.messages} readerId={viewer.id} />
            </Stack>
          </Paper>
        ) : null}
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
