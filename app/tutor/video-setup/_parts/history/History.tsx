"use client";
import { Button, Text, Timeline, TimelineItem, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslations } from "next-intl";
import { Direction } from "#app/tutor/video-setup/_parts/Direction.tsx";
import { ConnectionEvent } from "#components/history/ConnectionEvent.tsx";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { ConnectionEventView, MigrationView } from "#lib/services/switching/views.ts";
import { HistoryEntry } from "./HistoryEntry.tsx";

const SHORT_LIST = 5;

interface Props {
  migrations: MigrationView[];
  events: ConnectionEventView[];
  personId: string;
}

/** Everything that happened to the tutor's connection and rooms, on one line of time, newest first. */
export function History({ migrations, events, personId }: Props) {
  const words = useTranslations("migrations");
  const times = useTimes();
  const now = useNow();
  const [all, { toggle }] = useDisclosure();
  const entries = [
    ...migrations.map((migration) => ({ at: migration.createdAt, migration, event: null })),
    ...events.map((event) => ({ at: event.at, migration: null, event })),
  ].sort((a, b) => b.at.localeCompare(a.at));
  if (entries.length === 0) return null;
  const shown = all ? entries : entries.slice(0, SHORT_LIST);
  return (
    <section aria-labelledby="history">
      <Title order={2} id="history" mb="md">
        {words("history")}
      </Title>
      <Timeline bulletSize={14} lineWidth={2} active={-1}>
        {shown.map(({ migration, event }) =>
          migration ? (
            <TimelineItem key={migration.id} title={<Direction migration={migration} />}>
              <HistoryEntry migration={migration} personId={personId} />
            </TimelineItem>
          ) : (
            <TimelineItem key={event.id} title={<ConnectionEvent event={event} />}>
              <Text size="sm" c="dimmed" className="figures">
                {times.dayAndClock(event.at, now)}
              </Text>
            </TimelineItem>
          ),
        )}
      </Timeline>
      {entries.length > SHORT_LIST ? (
        <Button variant="subtle" mt="xs" onClick={toggle} aria-expanded={all}>
          {all ? words("showFewer") : words("showAll", { count: entries.length })}
        </Button>
      ) : null}
    </section>
  );
}
