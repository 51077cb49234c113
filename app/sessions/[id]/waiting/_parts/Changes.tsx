"use client";
import { Alert } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { SessionView } from "#lib/services/sessions/views.ts";

/** What has changed since the page was opened: the time or the provider. */
export function Changes({ session }: { session: SessionView }) {
  const words = useTranslations("waiting");
  const names = useTranslations("providers");
  const times = useTimes();
  const now = useNow();
  const [start] = useState(session.scheduledStartAt);
  const [before, setBefore] = useState(session.provider);
  // A lesson's first room is not a change.
  if (before === null && session.provider) setBefore(session.provider);
  const hasNewTime = session.scheduledStartAt !== start && session.linkState !== "over";
  const hasNewPlace = before !== null && session.provider !== null && session.provider !== before;
  const when = times.dayAndClock(session.scheduledStartAt, now);
  return (
    <>
      {hasNewTime ? <Alert mb="md">{words("rescheduled", { when })}</Alert> : null}
      {hasNewPlace ? (
        <Alert mb="md">
          {words("otherProvider", {
            provider: names(session.provider ?? before),
            before: names(before),
          })}
        </Alert>
      ) : null}
    </>
  );
}
