"use client";
import { Anchor, Text, Timeline, TimelineItem } from "@mantine/core";
import { useTranslations } from "next-intl";
import { ProviderName } from "#components/ProviderMark.tsx";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { PastRoom } from "#lib/services/sessions/linkHistory.ts";

/** Every room that the lesson has had, the present one first. */
export function PastRooms({ rooms }: { rooms: PastRoom[] }) {
  const words = useTranslations("sessions.history");
  const times = useTimes();
  const now = useNow();
  if (rooms.length === 0) return <Text c="dimmed">{words("none")}</Text>;
  const span = ({ from, until }: PastRoom) =>
    until
      ? words("span", { from: times.dayAndClock(from, now), until: times.dayAndClock(until, now) })
      : words("spanNow", { from: times.dayAndClock(from, now) });
  return (
    <Timeline bulletSize={12} lineWidth={2} active={0}>
      {rooms.toReversed().map((room) => (
        <TimelineItem key={room.from} title={<ProviderName provider={room.provider} />}>
          <Text size="sm">
            {words(`why.${room.why}`, { account: room.account ?? "" })}, {span(room)}
          </Text>
          <Text size="sm" c="dimmed">
            {room.state ? words(`state.${room.state}`) : words("cameBack")}
          </Text>
          <RoomLink room={room} />
          {room.passcode && room.state ? (
            <Text size="sm" c="dimmed">
              {words("passcode", { passcode: room.passcode })}
            </Text>
          ) : null}
        </TimelineItem>
      ))}
    </Timeline>
  );
}

/** A room's link is shown only while somebody may still be in the room. */
function RoomLink({ room: { url, state } }: { room: PastRoom }) {
  if (!url || !state) return null;
  const isThere = state === "live" || state === "superseded";
  return isThere ? (
    <Anchor
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      size="sm"
      style={{ overflowWrap: "anywhere" }}
    >
      {url}
    </Anchor>
  ) : (
    <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
      {url}
    </Text>
  );
}
