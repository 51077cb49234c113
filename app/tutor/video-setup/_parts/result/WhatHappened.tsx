"use client";
import { Box, Group, Paper, Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { Direction } from "#app/tutor/video-setup/_parts/Direction.tsx";
import { Lessons } from "#app/tutor/video-setup/_parts/lessons/Lessons.tsx";
import { RetryButton } from "#app/tutor/video-setup/_parts/lessons/RetryButton.tsx";
import { useMigration } from "#app/tutor/video-setup/_parts/progress/MigrationLive.tsx";
import { MigrationProgress } from "#app/tutor/video-setup/_parts/progress/MigrationProgress.tsx";
import { shownStatus } from "#components/migrationStatus.ts";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { MigrationDetail, ProviderView } from "#lib/services/switching/views.ts";
import { ChangeAlert } from "./ResultAlert.tsx";
import { UndoButton } from "./UndoButton.tsx";
import { WhyLater } from "./WhyLater.tsx";

interface Props {
  /** Whether this is the place at the top of the page, or the one below where the lessons happen. */
  at: "top" | "rest";
  providers: ProviderView[];
  lostUndo: string | null;
  /** The tutor has disconnected their provider. */
  isDisconnected: boolean;
  /** Earlier migrations with the lessons that this one, a retry of others, has left out. */
  leftOver: MigrationDetail[];
}

/** Answers "What happened?": the newest migration with all its lessons, as it progresses. */
export function WhatHappened({ at, ...props }: Props) {
  const words = useTranslations("migrations");
  const { migration, isOnTop } = useMigration();
  if (isOnTop !== (at === "top")) return null;
  const isRunning = migration?.status === "running";
  return (
    <section aria-labelledby="what-happened">
      <Title order={2} id="what-happened" mb="xs">
        {words(isRunning ? "titleNow" : "title")}
      </Title>
      {migration ? (
        <Paper p="lg">
          <Change migration={migration} {...props} />
        </Paper>
      ) : (
        <Text c="dimmed">{words("nothing")}</Text>
      )}
    </section>
  );
}

function Change(props: Omit<Props, "at"> & { migration: MigrationDetail }) {
  const { migration } = props;
  const words = useTranslations("migrations");
  const { offline } = useMigration();
  return (
    <>
      <Head migration={migration} />
      <ChangeAlert />
      <MigrationProgress migration={migration} />
      {migration.status === "running" ? (
        <Text size="sm" mt="xs" c={offline ? "var(--segue-wait)" : "dimmed"}>
          {words(offline ? "offline" : "inBackground")}
        </Text>
      ) : null}
      <WhyLater migration={migration} />
      <Group gap="md" mt="md">
        <RetryButton migration={migration} />
        <UndoButton {...props} />
      </Group>
      <Lessons key={migration.id} migration={migration} folded />
      <LeftOver key={`left ${migration.id}`} {...props} />
    </>
  );
}

function Head({ migration }: { migration: MigrationDetail }) {
  const words = useTranslations("migrations");
  const times = useTimes();
  const now = useNow();
  return (
    <Box mb="md">
      <Text component="h3" fw={600}>
        <Direction migration={migration} />
      </Text>
      <Text size="sm" c="dimmed">
        {times.dayAndClock(migration.createdAt, now)} · {words(`status.${shownStatus(migration)}`)}
      </Text>
    </Box>
  );
}

/** Lessons that failed earlier and that the newest change, a retry of other lessons, didn't include. */
function LeftOver({ leftOver }: { leftOver: MigrationDetail[] }) {
  const words = useTranslations("migrations");
  return leftOver.map((migration) => (
    <section key={migration.id} aria-labelledby={`left-${migration.id}`}>
      <Group justify="space-between" mt="lg">
        <Text component="h3" fw={600} id={`left-${migration.id}`}>
          {words("leftOver", { count: migration.sessions.length })}
        </Text>
        <RetryButton migration={migration} />
      </Group>
      <Lessons migration={migration} />
    </section>
  ));
}
