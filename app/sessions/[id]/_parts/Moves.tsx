"use client";
import { Text, Timeline, TimelineItem } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { LinkHistory } from "#lib/services/sessions/linkHistory.ts";

/** The lesson's moves: from which provider to which and when, newest first. */
export function Moves({ moves }: { moves: LinkHistory["moves"] }) {
  const words = useTranslations("sessions.history");
  const names = useTranslations("providers");
  const times = useTimes();
  const now = useNow();
  if (moves.length === 0) return <Text c="dimmed">{words("unmoved")}</Text>;
  return (
    <Timeline bulletSize={12} lineWidth={2}>
      {moves.toReversed().map(({ from, to, at }) => (
        <TimelineItem key={at} title={words("moved", { from: names(from), to: names(to) })}>
          <Text size="sm" c="dimmed">
            {words("movedAt", { when: times.dayAndClock(at, now) })}
          </Text>
        </TimelineItem>
      ))}
    </Timeline>
  );
}
