"use client";
import { Group, ProgressRoot, ProgressSection, Text } from "@mantine/core";
import { useNow } from "#components/useNow.ts";
import { migrationWords as words } from "#components/words/migrations.ts";
import type { MigrationView } from "#lib/services/views.ts";

/** "18 of 32 · about 20 s" with its bar; never a spinner without a number. */
export function MigrationProgress(props: { migration: MigrationView; now: string }) {
  const now = useNow(props.now);
  const { total, moved, failed, deferred, skipped } = props.migration;
  if (total === 0) return null;
  const left = secondsLeft(props.migration, now);
  const counts = [
    words.of(moved, total),
    left === null ? null : words.about(left),
    failed > 0 ? words.failedCount(failed) : null,
    deferred > 0 ? words.deferredCount(deferred) : null,
    skipped > 0 ? words.skippedCount(skipped) : null,
  ].filter((text) => text !== null);
  const part = (count: number) => (count / total) * 100;
  return (
    <div>
      <ProgressRoot size={10} transitionDuration={180}>
        <ProgressSection
          value={part(moved)}
          aria-label={words.bar}
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
    </div>
  );
}

/** By the pace so far, in steps of five; null before there is a pace, beyond an hour, and at rest. */
function secondsLeft(migration: MigrationView, now: string): number | null {
  const { total, remaining, status } = migration;
  const settled = total - remaining;
  if (status !== "running" || settled < 2) return null;
  const each = (Date.parse(now) - Date.parse(migration.createdAt)) / settled;
  const seconds = Math.max(5, Math.ceil((each * remaining) / 5000) * 5);
  return seconds > 3600 ? null : seconds;
}
