"use client";
import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useTimes } from "#components/time/useTimes.ts";
import { countdown } from "#lib/platform/localTime.ts";
import { isAhead, isJoinable, type LessonProps } from "./lesson.ts";

/** Shown beside Join: says that the room is open, or on the day itself how long until then. */
export function Opening({ session, viewer, now }: LessonProps) {
  const words = useTranslations("sessions");
  const times = useTimes(viewer.zone);
  if (isJoinable(session, now)) {
    return (
      <Text size="sm" c="var(--segue-good)" role="status">
        {words("open")}
      </Text>
    );
  }
  if (!isAhead(session, now) || times.dayKey(session.opensAt) !== times.dayKey(now)) return null;
  return (
    <Text size="sm" c="dimmed" className="figures" role="timer">
      {words("opensIn", { countdown: countdown(session.opensAt, now) })}
    </Text>
  );
}
