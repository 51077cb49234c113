"use client";
import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useMigration } from "#app/tutor/video-setup/_parts/progress/MigrationLive.tsx";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { MigrationDetail } from "#lib/services/switching/views.ts";

/** What the notice of a change says is gone when the page is opened again; the date stays until it is done. */
export function WhyLater({ migration }: { migration: MigrationDetail }) {
  const words = useTranslations("videoSetup");
  const times = useTimes();
  const now = useNow();
  const { notice } = useMigration();
  const { deferred: count, waitingUntil: until } = migration;
  if (notice || count === 0) return null;
  return (
    <Text size="sm" mt="xs" c="var(--segue-wait)">
      {until
        ? words("deferredAfter", { count, when: times.dayAndClock(until, now) })
        : words("deferredLater", { count })}
    </Text>
  );
}
