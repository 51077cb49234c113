"use client";
import { Group, ProgressRoot, ProgressSection, Text, VisuallyHidden } from "@mantine/core";
import { useTranslations } from "next-intl";
import { shownStatus } from "#components/migrationStatus.ts";
import { useNow } from "#components/time/useNow.ts";
import type { MigrationDetail, MigrationView } from "#lib/services/switching/views.ts";
import { secondsLeft } from "./secondsLeft.ts";

const STEPS = 4;

/** "18 of 32 · about 20 s" with its bar. There is never a spinner without a number. */
export function MigrationProgress({ migration }: { migration: MigrationDetail }) {
  const words = useTranslations("migrations");
  const now = useNow();
  const { total, moved, failed, deferred, skipped } = migration;
  if (total === 0) return null;
  const left = secondsLeft(migration, now);
  const counts = [
    words("of", { moved, total }),
    left === null ? null : timeLeft(words, left),
    failed > 0 ? words("failedCount", { count: failed }) : null,
    deferred > 0 ? words("deferredCount", { count: deferred }) : null,
    skipped > 0 ? words("skippedCount", { count: skipped }) : null,
  ].filter((text) => text !== null);
  const part = (count: number) => (count / total) * 100;
  return (
    <div>
      <ProgressRoot size={10} transitionDuration={180}>
        <ProgressSection
          value={part(moved)}
          aria-label={words("bar")}
          aria-valuetext={counts.join(", ")}
        />
        <ProgressSection value={part(failed)} color="red" withAria={false} />
        <ProgressSection value={part(deferred)} color="yellow" withAria={false} />
      </ProgressRoot>
      <Group mt={6}>
        <Text size="sm" className="figures">
          {counts.join(" · ")}
        </Text>
      </Group>
      <VisuallyHidden role="status">{spoken(words, migration)}</VisuallyHidden>
    </div>
  );
}

type Words = ReturnType<typeof useTranslations<"migrations">>;

/** The text for screen readers changes at each quarter, not at each lesson. */
function spoken(words: Words, migration: MigrationView): string {
  const { status, moved, total } = migration;
  if (status !== "running") return words(`status.${shownStatus(migration)}`);
  const step = Math.floor((moved / total) * STEPS);
  return step === 0 ? "" : words("announce", { moved: Math.ceil((step / STEPS) * total), total });
}

const timeLeft = (words: Words, seconds: number): string =>
  seconds < 90
    ? words("secondsLeft", { count: seconds })
    : words("minutesLeft", { count: Math.round(seconds / 60) });
