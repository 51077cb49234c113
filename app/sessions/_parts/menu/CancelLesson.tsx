"use client";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { isTutorOf, type LessonProps, otherParty } from "#app/sessions/_parts/lesson.ts";
import { Confirm } from "#components/Confirm.tsx";
import { useCall } from "#components/calls/useCall.ts";
import { MessageField, messageOf } from "#components/messages/MessageField.tsx";
import { Dialog } from "#components/onDemand/Dialog.tsx";
import { notify } from "#components/onDemand/notify.ts";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { Scope } from "#lib/records/sessions/rules.ts";
import { hasScope, ScopeChoice } from "./ScopeChoice.tsx";

interface Props {
  lesson: LessonProps;
  name: string;
  opened: boolean;
  onClose: () => void;
}

/** Asks for a confirmation, then calls off the lesson, or several of its series. */
export function CancelLesson({ lesson, name, opened, onClose }: Props) {
  const words = useTranslations("sessions.change");
  const router = useRouter();
  const now = useNow();
  const times = useTimes();
  const { busy, problem, send, forget } = useCall();
  const [wanted, setScope] = useState<Scope>("one");
  const [message, setMessage] = useState("");
  const { session, viewer } = lesson;
  const scope = hasScope(lesson, now) ? wanted : "one";
  const other = otherParty(session, viewer).name;
  const { cancelUntil } = session;
  const isTutor = isTutorOf(session, viewer);
  const side = isTutor ? "tutor" : "student";
  const named = { lesson: name, name: other, side, subject: session.subject };

  if (!isTutor && cancelUntil <= now) return <TooLate {...{ lesson, opened, onClose }} />;

  async function confirm() {
    const body = { scope, ...messageOf(message) };
    const answer = await send("POST", `/api/sessions/${session.id}/cancel`, body);
    if (!answer.ok) return;
    onClose();
    void notify(words(scope === "one" ? "done.cancel" : "done.cancelMany"));
    router.refresh();
  }

  const count = session.lessonsAhead;
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      title={words(scope === "one" ? "cancelTitle" : "cancelManyTitle")}
      action={words(`cancelActions.${scope}`, { ...named, count })}
      busy={busy}
      problem={problem?.sentence ?? null}
      onConfirm={confirm}
    >
      <Stack>
        <Text size="sm">{words(`cancelTexts.${scope}`, { ...named, count })}</Text>
        {isTutor ? null : (
          <Text size="sm">
            {words("cancelUntil", { when: times.dayAndClock(cancelUntil, now) })}
          </Text>
        )}
        {hasScope(lesson, now) ? (
          <ScopeChoice
            ahead={count}
            value={scope}
            onChange={(next) => {
              setScope(next);
              forget();
            }}
          />
        ) : null}
        <MessageField value={message} onChange={setMessage} reader={other} />
      </Stack>
    </Confirm>
  );
}

/** Says what to do instead. */
function TooLate({ lesson, opened, onClose }: Omit<Props, "name">) {
  const words = useTranslations("sessions.change");
  const times = useTimes();
  const now = useNow();
  const { tutor, cancelUntil } = lesson.session;
  const when = times.dayAndClock(cancelUntil, now);
  return (
    <Dialog opened={opened} onClose={onClose} title={words("tooLateTitle")}>
      <Stack>
        <Text size="sm">{words("tooLateText", { when, tutor: tutor.name })}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {words("close")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
