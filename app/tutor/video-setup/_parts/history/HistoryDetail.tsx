"use client";
import { Skeleton, Stack, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { Lessons } from "#app/tutor/video-setup/_parts/lessons/Lessons.tsx";
import { RetryButton } from "#app/tutor/video-setup/_parts/lessons/RetryButton.tsx";
import { useMigration } from "#app/tutor/video-setup/_parts/progress/MigrationLive.tsx";
import { useSentence } from "#components/calls/useCall.ts";
import { useRead } from "#components/calls/useRead.ts";
import type { MigrationDetail, MigrationView } from "#lib/services/switching/views.ts";

/** Read when the entry is opened, and again when something was changed from this page. */
export function HistoryDetail({ migration }: { migration: MigrationView }) {
  const words = useTranslations("migrations");
  const sentenceOf = useSentence();
  const { changes } = useMigration();
  const { answer, isOld } = useRead<MigrationDetail>(
    `/api/migrations/${migration.id}`,
    `${changes}`,
  );
  if (!answer) {
    return (
      <Stack gap="xs" mt="md" aria-hidden>
        {Array.from({ length: Math.min(migration.total, 8) }, (_, row) => `${row}`).map((row) => (
          <Skeleton key={row} height={44} />
        ))}
      </Stack>
    );
  }
  if (!answer.ok) {
    return (
      <Text size="sm" role="alert" c="var(--segue-bad)">
        {words("loadFailed")} {sentenceOf(answer.problem)}
      </Text>
    );
  }
  return (
    <div aria-busy={isOld}>
      <RetryButton migration={answer.data} />
      <Lessons migration={answer.data} />
    </div>
  );
}
