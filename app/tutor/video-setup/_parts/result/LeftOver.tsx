"use client";
import { Group, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { Lessons } from "#app/tutor/video-setup/_parts/lessons/Lessons.tsx";
import { RetryButton } from "#app/tutor/video-setup/_parts/lessons/RetryButton.tsx";
import type { MigrationDetail } from "#lib/services/switching/views.ts";

/** Lessons that failed earlier and that the newest change, a retry of other lessons, didn't include. */
export function LeftOver({ leftOver }: { leftOver: MigrationDetail[] }) {
  const words = useTranslations("migrations");
  return leftOver.map((migration) => (
    <section key={migration.id} aria-labelledby={`left-${migration.id}`}>
      <Group justify="space-between" mt="lg">
        <Text component="h3" fw={600} id={`left-${migration.id}`}>
          {words("leftOver", { count: migration.sessions.length })}
        </Text>
        <RetryButton migration={migration} />
      </Group>
      <Lessons migration={migration} />
    </section>
  ));
}
