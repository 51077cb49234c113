"use client";
import { Alert, type AlertProps, Text } from "@mantine/core";
import {
  IconAlertTriangle,
  IconArrowsExchange,
  IconCircleCheck,
  IconCircleX,
} from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import {
  type Message,
  messageOf,
  otherAccount,
  type Standing,
} from "#app/tutor/video-setup/_parts/outcome/notice.ts";
import { useMigration } from "#app/tutor/video-setup/_parts/progress/MigrationLive.tsx";
import classes from "#app/tutor/video-setup/_parts/VideoSetup.module.css";
import { TextLink } from "#components/ButtonLink.tsx";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";

const looks: Record<Message["tone"], Pick<AlertProps, "color" | "icon">> = {
  good: { color: "green", icon: <IconCircleCheck aria-hidden /> },
  warning: { color: "yellow", icon: <IconAlertTriangle aria-hidden /> },
  bad: { color: "red", icon: <IconCircleX aria-hidden /> },
  busy: { color: "violet", icon: <IconArrowsExchange aria-hidden /> },
};

interface Props {
  connection: Standing;
  lessonsAhead: number;
}

/** The result in the required words, with details below. */
export function ResultAlert({ connection, lessonsAhead }: Props) {
  const words = useTranslations("videoSetup");
  const errors = useTranslations("connectErrors");
  const steps = useTranslations("firstSteps");
  const names = useTranslations("providers");
  const times = useTimes();
  const now = useNow();
  const { migration, notice } = useMigration();
  if (!notice) return null;
  const waitsUntil = migration?.waitingUntil
    ? times.dayAndClock(migration.waitingUntil, now)
    : null;
  const message = messageOf({ words, errors }, notice, migration, waitsUntil, connection);
  const other = otherAccount(words, notice, migration, migration ? names(migration.to) : "");
  const alert = (
    <Alert {...looks[message.tone]}>
      <div className={classes.message}>{message.text}</div>
      {other ? (
        <Text size="sm" fw={600} mt={4} className={classes.breaking}>
          {other}
        </Text>
      ) : null}
      {message.detail ? (
        <Text size="sm" mt={4}>
          {message.detail}
        </Text>
      ) : null}
    </Alert>
  );
  if (notice.kind !== "connected" || lessonsAhead > 0) return alert;
  return (
    <div>
      {alert}
      <TextLink href="/students" size="sm" mt="xs" display="block">
        {steps("lessons.title")}
      </TextLink>
    </div>
  );
}
