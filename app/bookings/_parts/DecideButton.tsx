"use client";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Confirm } from "#components/Confirm.tsx";
import { useCall } from "#components/calls/useCall.ts";
import { notify } from "#components/onDemand/notify.ts";
import type { BookingView } from "#lib/services/bookings/views.ts";
import type { Participant } from "#lib/services/people/views.ts";

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
  const lesson = words("named", { subject: booking.subject, name: other.name });

  async function decide() {
    const answer = await send("POST", `/api/bookings/${booking.id}/${verb}`);
    if (!answer.ok) return;
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
        {words(`${verb}.text`, { lesson, name: other.name })}
      </Confirm>
    </>
  );
}
