import { Text, Timeline, TimelineItem } from "@mantine/core";
import { useTeller } from "#app/support/_parts/useTeller.ts";
import { ConnectionEvent } from "#components/history/ConnectionEvent.tsx";
import type { TutorReport } from "#lib/services/support/views.ts";

/** The connection's health as a line of time, newest first. */
export function Connection({ events }: Pick<TutorReport, "events">) {
  const { when } = useTeller();
  if (events.length === 0) return null;
  return (
    <Timeline bulletSize={12} lineWidth={2} active={-1} mt="sm">
      {events.map((event) => (
        <TimelineItem key={event.id} title={<ConnectionEvent event={event} />}>
          <Text size="sm" c="dimmed" className="figures">
            {when(event.at)}
          </Text>
        </TimelineItem>
      ))}
    </Timeline>
  );
}
