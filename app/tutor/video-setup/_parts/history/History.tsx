"use client";
import { Button, Timeline, TimelineItem, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslations } from "next-intl";
import { Direction } from "#app/tutor/video-setup/_parts/Direction.tsx";
import type { MigrationView } from "#lib/services/switching/views.ts";
import { HistoryEntry } from "./HistoryEntry.tsx";

const SHORT_LIST = 5;

interface Props {
  migrations: MigrationView[];
  personId: string;
}

/** Earlier migrations, newest first. */
export function History({ migrations, ...props }: Props) {
  const words = useTranslations("migrations");
  const [all, { toggle }] = useDisclosure();
  if (migrations.length === 0) return null;
  const shown = all ? migrations : migrations.slice(0, SHORT_LIST);
  return (
    <section aria-labelledby="earlier">
      <Title order={2} id="earlier" mb="md">
        {words("earlier")}
      </Title>
      <Timeline bulletSize={14} lineWidth={2} active={-1}>
        {shown.map((migration) => (
          <TimelineItem key={migration.id} title={<Direction migration={migration} />}>
            <HistoryEntry migration={migration} {...props} />
          </TimelineItem>
        ))}
      </Timeline>
      {migrations.length > SHORT_LIST ? (
        <Button variant="subtle" mt="xs" onClick={toggle} aria-expanded={all}>
          {all ? words("showFewer") : words("showAll", { count: migrations.length })}
        </Button>
      ) : null}
    </section>
  );
}
