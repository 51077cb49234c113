"use client";
import { Button, Group, Paper, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconRotateClockwise } from "@tabler/icons-react";
import { dayAndClock } from "#components/time.ts";
import { useNow } from "#components/useNow.ts";
import { migrationWords as words } from "#components/words/migrations.ts";
import type { MigrationDetail } from "#lib/services/views.ts";
import { Direction } from "./Direction.tsx";
import { useMigration } from "./MigrationLive.tsx";
import { MigrationProgress } from "./MigrationProgress.tsx";
import { MigrationRow } from "./MigrationRow.tsx";
import classes from "./VideoSetup.module.css";

const SHORT_LIST = 8;

/** What happened? The newest migration, lesson by lesson, as it goes on. */
export function WhatHappened(props: { zone: string; now: string }) {
  const { migration, offline } = useMigration();
  return (
    <section aria-labelledby="what-happened">
      <Title order={2} id="what-happened" mb="xs">
        {words.title}
      </Title>
      {migration ? (
        <Paper p="lg">
          <Head migration={migration} {...props} />
          <MigrationProgress migration={migration} now={props.now} />
          <Text role="status" size="sm" c="var(--segue-wait)">
            {offline ? words.offline : ""}
          </Text>
          <Lessons migration={migration} {...props} />
        </Paper>
      ) : (
        <Text c="dimmed">{words.nothing}</Text>
      )}
    </section>
  );
}

interface Props {
  migration: MigrationDetail;
  zone: string;
  now: string;
}

function Head({ migration, zone, now }: Props) {
  const { busy, retryFailed } = useMigration();
  return (
    <Group justify="space-between" mb="md">
      <div>
        <Text component="h3" fw={600}>
          <Direction migration={migration} />
        </Text>
        <Text size="sm" c="dimmed">
          {dayAndClock(migration.createdAt, zone, now)} · {words.status[migration.status]}
        </Text>
      </div>
      {migration.failed > 0 && migration.status !== "running" ? (
        <Button
          variant="light"
          leftSection={<IconRotateClockwise size={18} aria-hidden />}
          loading={busy === "retry"}
          disabled={busy !== null}
          onClick={() => retryFailed(migration.id)}
        >
          {words.retry}
        </Button>
      ) : null}
    </Group>
  );
}

function Lessons({ migration, zone, now: rendered }: Props) {
  const now = useNow(rendered, 30_000);
  const [all, { toggle }] = useDisclosure();
  const { sessions } = migration;
  const shown = all ? sessions : sessions.slice(0, SHORT_LIST);
  return (
    <>
      <ul className={classes.lessons}>
        {shown.map((session) => (
          <MigrationRow
            key={session.sessionId}
            session={session}
            to={migration.to}
            zone={zone}
            now={now}
          />
        ))}
      </ul>
      {sessions.length > SHORT_LIST ? (
        <Button variant="subtle" fullWidth mt="xs" onClick={toggle} aria-expanded={all}>
          {all ? words.showFewer : words.showAll(sessions.length)}
        </Button>
      ) : null}
    </>
  );
}
