"use client";
import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { ZoneChoice } from "#app/sessions/_parts/viewState/ZoneChoice.tsx";
import classes from "#app/sessions/[id]/waiting/_parts/WaitingRoom.module.css";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { DoorView } from "#lib/services/doors/views.ts";

/** With whom, what and when. */
export function DoorLesson({ door }: { door: DoorView }) {
  const words = useTranslations("door");
  const messages = useTranslations("messages");
  const times = useTimes();
  const now = useNow();
  const { subject, tutorName: tutor, scheduledStartAt: start, scheduledEndAt: end } = door;
  return (
    <div className={classes.lesson}>
      <Text id="lesson" fw={600}>
        {words("with", { subject, tutor })}
      </Text>
      <Text component="div">
        {times.day(start, now)}, {times.range(start, end)}
      </Text>
      <ZoneChoice home={door.timeZone} canKeep={false} />
      {door.cancelledBecause ? (
        <Text size="sm" mt={8}>
          {messages("with.cancel", { name: tutor, text: door.cancelledBecause })}
        </Text>
      ) : null}
      {door.provider === "google_meet" && door.status !== "CANCELLED" ? (
        <Text size="sm" mt={8}>
          {words("letIn", { tutor })}
        </Text>
      ) : null}
    </div>
  );
}
