"use client";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { Confirm } from "#components/Confirm.tsx";
import { useCall } from "#components/useCall.ts";
import { bookingWords as words } from "#components/words/bookings.ts";
import type { BookingView, Participant } from "#lib/services/views.ts";

const verbs = {
  decline: {
    button: words.decline,
    title: words.declineAsk,
    text: words.declineText,
    action: words.declineAction,
    done: words.done.decline,
  },
  cancel: {
    button: words.cancel,
    title: words.cancelAsk,
    text: words.cancelText,
    action: words.cancel,
    done: words.done.cancel,
  },
};

interface Props {
  verb: keyof typeof verbs;
  booking: BookingView;
  other: Participant;
}

/** Says no to a booking, after asking. */
export function DecideButton({ verb, booking, other }: Props) {
  const router = useRouter();
  const [opened, { open, close }] = useDisclosure();
  const { busy, problem, send } = useCall();
  const { button, title, text, action, done } = verbs[verb];

  async function decide() {
    const answer = await send("POST", `/api/bookings/${booking.id}/${verb}`);
    if (!answer.ok) return;
    close();
    notifications.show({ message: done });
    router.refresh();
  }

  return (
    <>
      <Button size="xs" variant="default" onClick={open} aria-describedby={`booking-${booking.id}`}>
        {button}
      </Button>
      <Confirm
        opened={opened}
        onClose={close}
        title={title}
        action={action}
        busy={busy}
        problem={problem?.sentence ?? null}
        onConfirm={decide}
      >
        {text(words.named(booking.subject, other.name), other.name)}
      </Confirm>
    </>
  );
}
