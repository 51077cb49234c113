"use client";
import { Button, Stack } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Asked } from "#app/sessions/_parts/asking/Asked.tsx";
import { AskForTime } from "#app/sessions/_parts/asking/AskForTime.tsx";
import { useNow } from "#components/time/useNow.ts";
import { useIsLive } from "#components/useIsLive.ts";
import type { DoorView } from "#lib/services/doors/views.ts";

/** What was asked for by this lesson's links, and a form for another time behind a tap. Nothing once it has begun. */
export function AskAtDoor({ token, door }: { token: string; door: DoorView }) {
  const words = useTranslations("asking");
  const now = useNow();
  const isLive = useIsLive();
  const [isAsking, setIsAsking] = useState(false);
  const { changeRequest: request, scheduledStartAt: startsAt, tutorName: tutor } = door;
  const path = `/j/${encodeURIComponent(token)}`;
  if (startsAt <= now || door.status === "CANCELLED") return null;
  return (
    <Stack gap="sm" component="section" aria-label={words("ask")}>
      {request ? (
        <Asked
          request={request}
          tutor={tutor}
          startsAt={startsAt}
          isOwn={request.isOwn}
          path={`${path}/withdraw`}
        />
      ) : null}
      {isAsking ? (
        <AskForTime
          path={`${path}/ask`}
          startsAt={startsAt}
          tutor={tutor}
          onClose={() => setIsAsking(false)}
        />
      ) : null}
      {isAsking || request?.status === "open" ? null : (
        <Button
          variant="default"
          size="sm"
          disabled={!isLive}
          onClick={() => setIsAsking(true)}
          style={{ alignSelf: "flex-start" }}
        >
          {words("ask")}
        </Button>
      )}
    </Stack>
  );
}
