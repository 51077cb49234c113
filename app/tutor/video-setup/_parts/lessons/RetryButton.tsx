"use client";
import { Button } from "@mantine/core";
import { IconRotateClockwise } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useMigration } from "#app/tutor/video-setup/_parts/progress/MigrationLive.tsx";
import { useNow } from "#components/time/useNow.ts";
import type { MigrationDetail } from "#lib/services/switching/views.ts";
import { lessonsToRetry } from "./retries.ts";

/** Retries all lessons of a migration that failed and that nothing newer has given a room. */
export function RetryButton({ migration }: { migration: MigrationDetail }) {
  const words = useTranslations("migrations");
  const { migration: latest, busy, retry } = useMigration();
  const lessons = lessonsToRetry(migration, useNow());
  if (lessons.length === 0 || latest?.status === "running") return null;
  return (
    <Button
      variant="light"
      leftSection={<IconRotateClockwise size={18} aria-hidden />}
      loading={busy === migration.id}
      disabled={busy !== null}
      onClick={() => retry(migration.id, lessons, migration.id)}
    >
      {words("retry")}
    </Button>
  );
}
