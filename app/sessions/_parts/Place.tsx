"use client";
import { Anchor, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { TextLink } from "#components/ButtonLink.tsx";
import { CopyLink } from "#components/links/CopyLink.tsx";
import { ProviderName } from "#components/ProviderMark.tsx";
import type { SessionView } from "#lib/services/sessions/views.ts";
import { isTutorOf, type Viewer } from "./lesson.ts";
import classes from "./Sessions.module.css";
import { useLessonWords } from "./useLessonWords.ts";

interface Props {
  session: SessionView;
  viewer: Viewer;
  /** Whether the room's address is written out. In a list it would be the loudest thing of each row. */
  withAddress?: boolean;
}

/** Where a lesson happens: the provider, the state of the room, and for the tutor its link. */
export function Place({ session, viewer, withAddress = false }: Props) {
  const words = useTranslations("sessions");
  const link = useLessonWords(viewer).link(session);
  const isTutor = isTutorOf(session, viewer);
  const isStuck = session.linkState === "waiting" || session.linkState === "failed";
  const { room, provider } = session;
  return (
    <Text size="sm" component="div" className={classes.place}>
      {provider ? <ProviderName provider={provider} /> : null}
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
      {room && session.linkState !== "over" ? (
        <span className={classes.room}>
          <Anchor
            href={room.url}
            target="_blank"
            rel="noopener noreferrer"
            size="sm"
            title={room.url}
            truncate
          >
            {withAddress ? room.url : words("room.open")}
          </Anchor>
          <CopyLink url={room.url} name={words("room.copy")} />
        </span>
      ) : null}
    </Text>
  );
}
