"use client";
import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import { countdown } from "#lib/platform/localTime.ts";
import type { SessionView } from "#lib/services/sessions/views.ts";
import { isAhead, isJoinable } from "./lesson.ts";

/** Shown beside Join: says that the room is open, or on the day itself how long until then. */
export function Opening({ session }: { session: SessionView }) {
  const words = useTranslations("sessions");
  const times = useTimes();
  const now = useNow();
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
