"use client";
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { LessonProps } from "#app/sessions/_parts/lesson.ts";
import { useCall } from "#components/calls/useCall.ts";
import { LiveForm } from "#components/LiveForm.tsx";
import { MessageField, messageOf } from "#components/messages/MessageField.tsx";
import { Dialog } from "#components/onDemand/Dialog.tsx";
import { notify } from "#components/onDemand/notify.ts";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { Scope } from "#lib/records/sessions/rules.ts";
import type { SessionView } from "#lib/services/sessions/views.ts";
import { useNewTime } from "../useNewTime.ts";
import { hasScope, ScopeChoice } from "./ScopeChoice.tsx";

interface Props {
  lesson: LessonProps;
  name: string;
  opened: boolean;
  onClose: () => void;
}

/** Asks for a new date and time in the zone that is shown. A refusal (an overlap, say) is shown at the field. */
export function Reschedule({ lesson, name, opened, onClose }: Props) {
  const { session } = lesson;
  const words = useTranslations("sessions.change");
  const times = useTimes();
  const now = useNow();
  const router = useRouter();
  const call = useCall();
  const time = useNewTime(session.scheduledStartAt, call, words("noDate"));
  const [wanted, setScope] = useState<Scope>("one");
  const [message, setMessage] = useState("");
  const scope = hasScope(lesson, now) ? wanted : "one";
  const hint = time.isTwice ? "rescheduleTwice" : "rescheduleHint";

  async function submit(event: FormEvent) {
    event.preventDefault();
    const start = time.read();
    if (start === null) return;
    const answer = await call.send<SessionView>("POST", `/api/sessions/${session.id}/reschedule`, {
      ...start,
      scope,
      ...messageOf(message),
    });
    if (!answer.ok) return;
    onClose();
    const when = times.dayAndClock(answer.data.scheduledStartAt, now);
    void notify(words(scope === "one" ? "done.reschedule" : "done.rescheduleMany", { when }));
    router.refresh();
  }

  return (
    <Dialog opened={opened} onClose={onClose} title={words("rescheduleTitle", { lesson: name })}>
      <LiveForm onSubmit={submit}>
        <Stack>
          <TextInput
            label={words("newStart")}
            description={words(hint, { zone: time.zoneName })}
            {...time.field}
          />
          {hasScope(lesson, now) ? (
            <ScopeChoice
              ahead={session.lessonsAhead}
              value={scope}
              onChange={(next) => {
                setScope(next);
                call.forget();
              }}
            />
          ) : null}
          {scope === "one" ? null : (
            <Text size="sm" c="dimmed">
              {words("scope.alike")}
            </Text>
          )}
          <MessageField
            value={message}
            onChange={setMessage}
            reader={session.student.name}
            error={call.at("message")}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {words("close")}
            </Button>
            <Button type="submit" loading={call.busy}>
              {words(scope === "one" ? "save" : "saveMany")}
            </Button>
          </Group>
        </Stack>
      </LiveForm>
    </Dialog>
  );
}
