"use client";
import { Button, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Confirm } from "#components/Confirm.tsx";
import { useCall } from "#components/calls/useCall.ts";
import { useOvertaken } from "#components/calls/useOvertaken.ts";
import { MessageField, messageOf } from "#components/messages/MessageField.tsx";
import { notify } from "#components/onDemand/notify.ts";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { BookingView } from "#lib/services/bookings/views.ts";
import type { Participant } from "#lib/services/people/views.ts";
import { toCome } from "./order.ts";

interface Props {
  verb: "decline" | "cancel";
  booking: BookingView;
  other: Participant;
}

/** Declines or cancels a booking, after a confirmation. */
export function DecideButton({ verb, booking, other }: Props) {
  const words = useTranslations("bookings");
  const router = useRouter();
  const [opened, { open, close }] = useDisclosure();
  const { busy, problem, send } = useCall();
  const overtaken = useOvertaken();
  const times = useTimes();
  const now = useNow();
  const [message, setMessage] = useState("");
  const lesson = words("named", { subject: booking.subject, name: other.name });
  const left = booking.status === "accepted" ? toCome(booking, now) : booking.lessonStarts;
  const [first = booking.startsAt] = left;

  const side = other.id === booking.tutor.id ? "student" : "tutor";
  // A student's lessons, and not a request, can be cancelled until some time before them.
  const isTold = side === "student" && booking.status === "accepted";

  async function decide() {
    const answer = await send("POST", `/api/bookings/${booking.id}/${verb}`, messageOf(message));
    if (!answer.ok) {
      if (overtaken(answer.problem)) close();
      return;
    }
    close();
    void notify(words(`${verb}.done`));
    router.refresh();
  }

  return (
    <>
      <Button size="xs" variant="default" onClick={open} aria-describedby={`booking-${booking.id}`}>
        {words(`${verb}.button`)}
      </Button>
      <Confirm
        opened={opened}
        onClose={close}
        title={words(`${verb}.ask`)}
        action={words(`${verb}.action`)}
        busy={busy}
        problem={problem?.sentence ?? null}
        onConfirm={decide}
      >
        <Stack>
          <Text size="sm">{words(`${verb}.text`, { lesson, name: other.name, side })}</Text>
          <Text size="sm" fw={600} className="figures">
            {words("toCancel", {
              count: left.length,
              first: times.dayAndClock(first, now),
              last: times.fullDay(left.at(-1) ?? first, now),
            })}
          </Text>
          {isTold ? (
            <Text size="sm">{words("cancelUntil", { hours: booking.cancelUntilHours })}</Text>
          ) : null}
          <MessageField value={message} onChange={setMessage} reader={other.name} />
        </Stack>
      </Confirm>
    </>
  );
}
