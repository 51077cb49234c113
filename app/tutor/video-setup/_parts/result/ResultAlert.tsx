"use client";
import { Alert, type AlertProps, Box, Text } from "@mantine/core";
import {
  IconAlertTriangle,
  IconArrowsExchange,
  IconCircleCheck,
  IconCircleX,
} from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import {
  isAboutChange,
  type Message,
  messageOf,
  type Notice,
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

/** The message that is about the change on top stands with it, and every other above all. */
export function PageAlert(props: { connection: Standing; lessonsAhead: number }) {
  const { migration, notice, isOnTop } = useMigration();
  if (!notice || (isOnTop && isAboutChange(notice, migration?.id))) return null;
  return <ResultAlert notice={notice} {...props} />;
}

/** While the change is under way, its own numbers tell all there is to tell. */
export function ChangeAlert() {
  const { migration, notice, isOnTop } = useMigration();
  if (!notice || !isOnTop || !isAboutChange(notice, migration?.id)) return null;
  if (migration?.status === "running") return null;
  return (
    <Box mb="md">
      <ResultAlert notice={notice} connection={null} lessonsAhead={migration?.total ?? 0} />
    </Box>
  );
}

interface Props {
  notice: Notice;
  connection: Standing;
  lessonsAhead: number;
}

/** The result in the required words, with details below. */
function ResultAlert({ notice, connection, lessonsAhead }: Props) {
  const words = useTranslations("videoSetup");
  const errors = useTranslations("connectErrors");
  const steps = useTranslations("firstSteps");
  const names = useTranslations("providers");
  const times = useTimes();
  const now = useNow();
  const { migration } = useMigration();
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
