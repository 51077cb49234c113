"use client";
import { Alert, Anchor, Stack, Text } from "@mantine/core";
import { IconArrowsExchange, IconDoorExit } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useCall } from "#components/calls/useCall.ts";
import { FormError } from "#components/FormError.tsx";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { NoteView } from "#lib/services/telling/notes.ts";

/** What has changed since the person last dismissed a note. Renders nothing if nothing has. */
export function Notes({ notes }: { notes: NoteView[] }) {
  const words = useTranslations("notes");
  const { problem, send } = useCall();
  const [dismissed, setDismissed] = useState<string[]>([]);
  const shown = notes.filter(({ id }) => !dismissed.includes(id));
  if (shown.length === 0) return null;

  async function dismiss(id: string) {
    const answer = await send("POST", `/api/notes/${id}/seen`);
    if (answer.ok) setDismissed((before) => [...before, id]);
  }

  return (
    <Stack component="section" gap="xs" mb="lg" aria-label={words("label")}>
      <FormError>{problem?.sentence ?? null}</FormError>
      {shown.map((note) => (
        <Alert
          key={note.id}
          color={note.kind === "left" ? "orange" : "violet"}
          icon={
            note.kind === "left" ? <IconDoorExit aria-hidden /> : <IconArrowsExchange aria-hidden />
          }
          withCloseButton
          closeButtonLabel={words("dismiss")}
          onClose={() => dismiss(note.id)}
        >
          {note.kind === "left" ? <Left note={note} /> : <Moved note={note} />}
        </Alert>
      ))}
    </Stack>
  );
}

function Moved({ note }: { note: NoteView }) {
  const words = useTranslations("notes");
  const count = note.lessons.length;
  const named = { count, tutor: note.tutor.name, from: note.from?.label ?? "", to: note.to.label };
  return (
    <>
      <Text size="sm" fw={600}>
        {words("moved", named)}
      </Text>
      <Text size="sm">{words("links", { count })}</Text>
    </>
  );
}

function Left({ note }: { note: NoteView }) {
  const words = useTranslations("notes");
  const times = useTimes();
  const now = useNow();
  const [lesson] = note.lessons;
  if (!lesson) return null;
  const time = times.dayAndClock(lesson.startsAt, now);
  return (
    <>
      <Text size="sm" fw={600}>
        {words("left", { subject: lesson.subject, time, to: note.to.label })}
      </Text>
      <Anchor href={lesson.joinUrl} target="_blank" size="sm">
        {words("join")}
      </Anchor>
    </>
  );
}
