"use client";
import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useMigration } from "#app/tutor/video-setup/_parts/progress/MigrationLive.tsx";
import { Tip } from "#components/onDemand/Tip.tsx";
import type { ProviderId } from "#lib/providers/provider.ts";

interface Props {
  tutorId: string;
  provider: ProviderId;
  /** What it says where the connection is dead: no room can be made before it is renewed. */
  dead: string | null;
  /** Whether this is the page's first thing to do. Then it isn't a quiet button. */
  isFirst: boolean;
}

export function RefreshButton({ tutorId, provider, dead, isFirst }: Props) {
  const words = useTranslations("videoSetup");
  const { migration, busy, refreshLinks } = useMigration();
  const isRunning = migration?.status === "running";
  return (
    <Tip label={dead ?? words(isRunning ? "refreshWaits" : "refreshHint")}>
      <Button
        variant={isFirst ? "light" : "default"}
        leftSection={<IconRefresh size={18} aria-hidden />}
        loading={busy === "refresh"}
        disabled={isRunning || busy !== null || dead !== null}
        onClick={() => refreshLinks(tutorId, provider)}
      >
        {words("refresh")}
      </Button>
    </Tip>
  );
}
