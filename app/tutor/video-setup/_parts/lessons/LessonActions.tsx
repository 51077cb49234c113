"use client";
import { Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconLink, IconRotateClockwise } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useMigration } from "#app/tutor/video-setup/_parts/progress/MigrationLive.tsx";
import classes from "#app/tutor/video-setup/_parts/VideoSetup.module.css";
import { OwnLink } from "#components/OwnLink.tsx";
import { useNow } from "#components/time/useNow.ts";
import type { MigrationDetail, MigrationSessionView } from "#lib/services/switching/views.ts";
import { isToRetry, mayNeedOwnLink } from "./retries.ts";

interface Props {
  migration: MigrationDetail;
  session: MigrationSessionView;
}

/** What a tutor can do about a lesson that couldn't be moved, or not yet. */
export function LessonActions({ migration, session }: Props) {
  const now = useNow();
  const words = useTranslations("migrations");
  const own = useTranslations("videoSetup.ownLink");
  const { migration: latest, busy, retry, setOwnLink: save } = useMigration();
  const [opened, { open, close }] = useDisclosure();
  const { subject, student } = session;
  const lesson = words("with", { subject, student });
  const canRetry = isToRetry(session, now) && latest?.status !== "running";
  if (!canRetry && !mayNeedOwnLink(session, now)) return null;
  return (
    <Group gap="xs" className={classes.failure}>
      {canRetry ? (
        <Button
          variant="light"
          size="xs"
          leftSection={<IconRotateClockwise size={16} aria-hidden />}
          loading={busy === session.sessionId}
          disabled={busy !== null}
          aria-label={words("retryFor", { lesson })}
          onClick={() => retry(migration.id, [session.sessionId], session.sessionId)}
        >
          {words("retryOne")}
        </Button>
      ) : null}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconLink size={16} aria-hidden />}
        aria-label={own("actionFor", { lesson })}
        onClick={open}
      >
        {own("action")}
      </Button>
      <OwnLink
        lesson={lesson}
        opened={opened}
        onClose={close}
        save={(room) => save(session.sessionId, room)}
      />
    </Group>
  );
}
