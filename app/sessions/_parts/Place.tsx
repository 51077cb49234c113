"use client";
import { Anchor, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { TextLink } from "#components/ButtonLink.tsx";
import { ProviderName } from "#components/ProviderMark.tsx";
import type { SessionView } from "#lib/services/sessions/views.ts";
import { isTutorOf, type Viewer } from "./lesson.ts";
import classes from "./Sessions.module.css";
import { useLessonWords } from "./useLessonWords.ts";

/** Where a lesson happens: the provider, the state of the room, and for the tutor its link. */
export function Place({ session, viewer }: { session: SessionView; viewer: Viewer }) {
  const words = useTranslations("sessions");
  const link = useLessonWords(viewer).link(session);
  const isTutor = isTutorOf(session, viewer);
  const isStuck = session.linkState === "waiting" || session.linkState === "failed";
  return (
    <Text size="sm" component="div" className={classes.place}>
      {session.provider ? <ProviderName provider={session.provider} /> : null}
      {link ? (
        <span className={classes.link} data-state={session.linkState}>
          {link}
        </span>
      ) : null}
      {isTutor && isStuck ? (
        <TextLink href="/tutor/video-setup" size="sm">
          {words("linkForTutor.action")}
        </TextLink>
      ) : null}
      {session.room && session.linkState !== "over" ? (
        <Anchor
          href={session.room.url}
          target="_blank"
          rel="noopener noreferrer"
          size="sm"
          className={classes.room}
        >
          {session.room.url}
        </Anchor>
      ) : null}
    </Text>
  );
}
