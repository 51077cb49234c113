"use client";
import { Button, Group, Paper, Text } from "@mantine/core";
import { useReducedMotion } from "@mantine/hooks";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Legend } from "#components/crossfade/Legend.tsx";
import { Strip } from "#components/crossfade/Strip.tsx";
import { ProviderName } from "#components/ProviderMark.tsx";
import { useNow } from "#components/time/useNow.ts";
import recorded from "./recorded.json" with { type: "json" };
import { lengthOf, tilesAt } from "./replay.ts";

const TICK_MS = 100;
const length = lengthOf(recorded);
/** Where it stands for those who want nothing to move: some lessons are through, some not yet. */
const HALF_MS = length / 2;

/** A real switch of forty lessons, recorded and played again by the component that shows a tutor's own. */
export function LivingPicture() {
  const words = useTranslations("welcome.picture");
  const progress = useTranslations("migrations");
  const isStill = useReducedMotion(false);
  const now = useNow();
  const [ms, setMs] = useState(HALF_MS);
  const [isPlaying, setPlaying] = useState(false);
  useEffect(() => {
    if (isStill) return;
    setMs(0);
    setPlaying(true);
  }, [isStill]);
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setInterval(() => setMs((before) => before + TICK_MS), TICK_MS);
    return () => clearInterval(timer);
  }, [isPlaying]);
  if (isPlaying && ms > length) setPlaying(false);

  const tiles = tilesAt(recorded, ms, now);
  const counts = {
    moved: tiles.filter(({ kind }) => kind === "moved").length,
    total: tiles.length,
  };
  function press() {
    if (!isPlaying && ms >= length) setMs(0);
    setPlaying(!isPlaying);
  }
  return (
    <Paper p="lg" shadow="sm" component="figure" m={0}>
      <Group gap="xs" mb={4}>
        <ProviderName provider="zoom" />
        <span aria-hidden="true">→</span>
        <ProviderName provider="google_meet" />
      </Group>
      <Text fw={600} mb="sm" className="figures">
        {progress("announce", counts)}
      </Text>
      <Strip
        tiles={tiles}
        moved={counts.moved}
        label={progress("bar")}
        sentence={progress("of", counts)}
      />
      <Legend tiles={tiles} />
      <Group justify="space-between" mt="md" wrap="nowrap">
        <Text component="figcaption" size="xs" c="dimmed">
          {words("caption")}
        </Text>
        <Button
          variant="subtle"
          size="compact-sm"
          flex="none"
          leftSection={
            isPlaying ? (
              <IconPlayerPause size={16} aria-hidden />
            ) : (
              <IconPlayerPlay size={16} aria-hidden />
            )
          }
          onClick={press}
        >
          {words(isPlaying ? "pause" : "play")}
        </Button>
      </Group>
    </Paper>
  );
}
