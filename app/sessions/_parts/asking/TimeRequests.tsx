"use client";
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCalendarQuestion } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { isTutorOf, type LessonProps, type Viewer } from "#app/sessions/_parts/lesson.ts";
import { Confirm } from "#components/Confirm.tsx";
import { useCall } from "#components/calls/useCall.ts";
import { useOvertaken } from "#components/calls/useOvertaken.ts";
import { FormError } from "#components/FormError.tsx";
import { MessageField, messageOf } from "#components/messages/MessageField.tsx";
import { notify } from "#components/onDemand/notify.ts";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { ChangeRequestView, SessionView } from "#lib/services/sessions/views.ts";

/** For a tutor: who asks for another time of which lesson. Otherwise nothing. */
export function TimeRequests({ sessions, viewer }: { sessions: SessionView[]; viewer: Viewer }) {
  const words = useTranslations("asking");
  const asked = sessions.flatMap((session) => {
    const { changeRequest: request } = session;
    return request?.status === "open" && isTutorOf(session, viewer) ? [{ session, request }] : [];
  });
  if (asked.length === 0) return null;
  return (
    <Alert
      title={words("title", { count: asked.length })}
      icon={<IconCalendarQuestion aria-hidden />}
      mb="lg"
    >
      <Stack gap="md">
        {asked.map(({ session, request }) => (
          <TimeRequest key={request.id} session={session} viewer={viewer} request={request} />
        ))}
      </Stack>
    </Alert>
  );
}

function TimeRequest({ session, request }: LessonProps & { request: ChangeRequestView }) {
  const words = useTranslations("asking");
  const times = useTimes();
  const now = useNow();
  const router = useRouter();
  const { busy, problem, send, forget } = useCall();
  const overtaken = useOvertaken();
  const [asking, { open, close }] = useDisclosure();
  const [message, setMessage] = useState("");
  const student = session.student.name;
  const when = times.dayAndClock(request.startsAt, now);

  async function answer(verb: "accept" | "decline") {
    const path = `/api/change-requests/${request.id}/${verb}`;
    const answered = await send("POST", path, verb === "decline" ? messageOf(message) : undefined);
    if (!answered.ok) {
      overtaken(answered.problem);
      return;
    }
    close();
    void notify(words(verb === "accept" ? "accepted" : "refused", { when, student }));
    router.refresh();
  }

  const said = problem?.sentence ?? null;
  return (
    <div style={{ overflowWrap: "anywhere" }}>
      <Text size="sm" id={`asked-${request.id}`}>
        {words(`line.${request.from}`, {
          subject: session.subject,
          student,
          before: times.dayAndClock(session.scheduledStartAt, now),
          when,
        })}
      </Text>
      {request.message ? (
        <Text size="sm" className="written">
          {words("message", { text: request.message })}
        </Text>
      ) : null}
      <FormError>{asking ? null : said}</FormError>
      <Group gap="xs" mt={4}>
        <Button
          size="xs"
          loading={busy}
          onClick={() => answer("accept")}
          aria-describedby={`asked-${request.id}`}
        >
          {words("accept", { when })}
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            forget();
            open();
          }}
          aria-describedby={`asked-${request.id}`}
        >
          {words("decline")}
        </Button>
      </Group>
      <Confirm
        opened={asking}
        onClose={close}
        title={words("declineTitle")}
        action={words("declineAction")}
        busy={busy}
        problem={said}
        onConfirm={() => answer("decline")}
      >
        <Stack>
          <Text size="sm">{words("declineText", { student })}</Text>
          <MessageField value={message} onChange={setMessage} reader={student} />
        </Stack>
      </Confirm>
    </div>
  );
}
