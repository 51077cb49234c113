"use client";
import { Button, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useId } from "react";
import classes from "#app/tutor/video-setup/_parts/VideoSetup.module.css";
import { SmallStrip } from "#components/crossfade/SmallStrip.tsx";
import { shownStatus } from "#components/migrationStatus.ts";
import type { Times } from "#components/time/times.ts";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import { stillFailed } from "#lib/records/migrations/rules.ts";
import type { MigrationView } from "#lib/services/switching/views.ts";

const HistoryDetail = dynamic(() =>
  import("./HistoryDetail.tsx").then((file) => file.HistoryDetail),
);

interface Props {
  migration: MigrationView;
  personId: string;
}

/** When, by whom, how many and how long. When opened, it shows each lesson's outcome. */
export function HistoryEntry({ migration, personId }: Props) {
  const words = useTranslations("migrations");
  const times = useTimes();
  const now = useNow();
  const [opened, { toggle }] = useDisclosure();
  const id = useId();
  const facts = [
    times.dayAndClock(migration.createdAt, now),
    author(words, migration, personId),
    ...outcome(words, migration),
    migration.durationMs === null
      ? null
      : words("took", { span: span(words, times, migration.durationMs) }),
  ].filter((text) => text !== null);
  return (
    <>
      <SmallStrip migration={migration} />
      <Text size="sm" c="dimmed" className="figures">
        {facts.join(" · ")}
      </Text>
      <Button
        variant="subtle"
        size="compact-sm"
        ml={-8}
        mt={4}
        rightSection={
          <IconChevronDown size={16} aria-hidden className={classes.chevron} data-opened={opened} />
        }
        aria-expanded={opened}
        aria-controls={id}
        onClick={toggle}
      >
        {words(opened ? "close" : "open")}
      </Button>
      <div id={id}>{opened ? <HistoryDetail migration={migration} /> : null}</div>
    </>
  );
}

type Words = ReturnType<typeof useTranslations<"migrations">>;

function author(words: Words, { createdBy }: MigrationView, personId: string): string {
  if (!createdBy) return words("byOther");
  return createdBy.id === personId ? words("byYou") : words("by", { name: createdBy.name });
}

function outcome(words: Words, migration: MigrationView): string[] {
  const { moved, total, deferred, skipped, answeredSince } = migration;
  // What the history tells is how it is, and not how it once was.
  const failed = stillFailed(migration);
  if (total === 0) return [words("nothingToMove")];
  return [
    words("of", { moved, total }),
    ...(failed > 0 ? [words("failedCount", { count: failed })] : []),
    ...(answeredSince > 0 ? [words("answeredCount", { count: answeredSince })] : []),
    ...(deferred > 0 ? [words("deferredCount", { count: deferred })] : []),
    ...(skipped > 0 ? [words("skippedCount", { count: skipped })] : []),
    words(`status.${shownStatus(migration)}`),
  ];
}

function span(words: Words, times: Times, ms: number): string {
  if (ms < 1000) return words("underSecond");
  const seconds = Math.round(ms / 1000);
  return seconds < 120
    ? words("seconds", { count: seconds })
    : times.minutes(Math.round(seconds / 60));
}
