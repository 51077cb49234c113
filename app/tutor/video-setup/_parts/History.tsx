"use client";
import { Button, Text, Timeline, TimelineItem, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { dayAndClock } from "#components/time.ts";
import { migrationWords as words } from "#components/words/migrations.ts";
import type { MigrationView } from "#lib/services/views.ts";
import { Direction } from "./Direction.tsx";

const SHORT_LIST = 5;

interface Props {
  migrations: MigrationView[];
  zone: string;
  now: string;
}

/** Earlier migrations, newest first. */
export function History({ migrations, zone, now }: Props) {
  const [all, { toggle }] = useDisclosure();
  if (migrations.length === 0) return null;
  const shown = all ? migrations : migrations.slice(0, SHORT_LIST);
  return (
    <section aria-labelledby="earlier">
      <Title order={2} id="earlier" mb="md">
        {words.earlier}
      </Title>
      <Timeline bulletSize={14} lineWidth={2} active={-1}>
        {shown.map((migration) => (
          <TimelineItem key={migration.id} title={<Direction migration={migration} />}>
            <Text size="sm" c="dimmed" className="figures">
              {dayAndClock(migration.createdAt, zone, now)} · {outcome(migration)}
            </Text>
          </TimelineItem>
        ))}
      </Timeline>
      {migrations.length > SHORT_LIST ? (
        <Button variant="subtle" mt="xs" onClick={toggle} aria-expanded={all}>
          {all ? words.showFewer : words.showAll(migrations.length)}
        </Button>
      ) : null}
    </section>
  );
}

function outcome({ status, moved, total, failed }: MigrationView): string {
  if (total === 0) return words.nothingToMove;
  const counts = words.of(moved, total);
  const failures = failed > 0 ? `, ${words.failedCount(failed)}` : "";
  return `${counts}${failures} · ${words.status[status]}`;
}
