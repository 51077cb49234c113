"use client";
import { Group, Paper, Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { Direction } from "#app/tutor/video-setup/_parts/Direction.tsx";
import { Lessons } from "#app/tutor/video-setup/_parts/lessons/Lessons.tsx";
import { RetryButton } from "#app/tutor/video-setup/_parts/lessons/RetryButton.tsx";
import { useMigration } from "#app/tutor/video-setup/_parts/progress/MigrationLive.tsx";
import { MigrationProgress } from "#app/tutor/video-setup/_parts/progress/MigrationProgress.tsx";
import { shownStatus } from "#components/migrationStatus.ts";
import { Clock } from "#components/time/Clock.tsx";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { MigrationDetail, ProviderView } from "#lib/services/switching/views.ts";
import { UndoButton } from "./UndoButton.tsx";

interface Props {
  providers: ProviderView[];
  /** Earlier migrations with the lessons that this one, a retry of others, has left out. */
  leftOver: MigrationDetail[];
}

/** Answers "What happened?": the newest migration, lesson by lesson, as it progresses. */
export function WhatHappened(props: Props) {
  const words = useTranslations("migrations");
  const { migration, offline } = useMigration();
  return (
    <section aria-labelledby="what-happened">
      <Title order={2} id="what-happened" mb="xs">
        {words("title")}
      </Title>
      {migration ? (
        <Paper p="lg">
          <Head migration={migration} {...props} />
          <Clock everyMs={1000}>
            <MigrationProgress migration={migration} />
          </Clock>
          <Text role="status" size="sm" c="var(--segue-wait)">
            {offline ? words("offline") : ""}
          </Text>
          <WhyLater migration={migration} />
          <Lessons key={migration.id} migration={migration} />
          <LeftOver key={`left ${migration.id}`} {...props} />
        </Paper>
      ) : (
        <Text c="dimmed">{words("nothing")}</Text>
      )}
    </section>
  );
}

function Head(props: Props & { migration: MigrationDetail }) {
  const { migration } = props;
  const words = useTranslations("migrations");
  const times = useTimes();
  const now = useNow();
  return (
    <Group justify="space-between" mb="md">
      <div>
        <Text component="h3" fw={600}>
          <Direction migration={migration} />
        </Text>
        <Text size="sm" c="dimmed">
          {times.dayAndClock(migration.createdAt, now)} ·{" "}
          {words(`status.${shownStatus(migration)}`)}
        </Text>
      </div>
      <RetryButton migration={migration} />
      <UndoButton {...props} />
    </Group>
  );
}

/** What the notice of a change says is gone when the page is opened again. */
function WhyLater({ migration }: { migration: MigrationDetail }) {
  const words = useTranslations("videoSetup");
  const times = useTimes();
  const now = useNow();
  const { notice } = useMigration();
  const { deferred: count, waitingUntil: until } = migration;
  if (notice || count === 0) return null;
  return (
    <Text size="sm" c="var(--segue-wait)">
      {until
        ? words("deferredAfter", { count, when: times.dayAndClock(until, now) })
        : words("deferredLater", { count })}
    </Text>
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
