"use client";
import { Alert } from "@mantine/core";
import { IconArrowsExchange } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { SessionView } from "#lib/services/sessions/views.ts";
import { JoinButton } from "./JoinButton.tsx";
import type { Viewer } from "./lesson.ts";
import { useLessonWords } from "./useLessonWords.ts";

interface Props {
  sessions: SessionView[];
  viewer: Viewer;
}

/** For somebody who sits in a room that their lesson has left. It appears at once, above everything else. */
export function MovedRooms({ sessions, viewer }: Props) {
  const words = useTranslations("sessions.moved");
  const { name } = useLessonWords(viewer);
  return sessions
    .filter(({ movedSinceJoin }) => movedSinceJoin)
    .map((session) => (
      <Alert
        key={session.id}
        title={words("title")}
        icon={<IconArrowsExchange aria-hidden />}
        color="yellow"
        mb="lg"
      >
        <p id={`moved-${session.id}`}>{words("text", { lesson: name(session) })}</p>
        <JoinButton session={session} describedBy={`moved-${session.id}`} />
      </Alert>
    ));
}
