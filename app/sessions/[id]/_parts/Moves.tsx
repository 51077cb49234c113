"use client";
import { Text, Timeline, TimelineItem } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useTimes } from "#components/useTimes.ts";
import type { LinkHistory } from "#lib/services/linkHistory.ts";
import { useLook } from "../../_parts/useLook.ts";

interface Props {
  moves: LinkHistory["moves"];
  /** The viewer's own zone. */
  home: string;
  now: string;
}

/** From which provider to which and when, newest first. */
export function Moves({ moves, home, now }: Props) {
  const words = useTranslations("sessions.history");
  const names = useTranslations("providers");
  const { look } = useLook();
  const times = useTimes(look.zone ?? home);
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
