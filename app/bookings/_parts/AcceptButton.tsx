"use client";
import { Button, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { TextLink } from "#components/ButtonLink.tsx";
import { instantsInZone } from "#components/time.ts";
import { useCall } from "#components/useCall.ts";
import { bookingWords as words } from "#components/words/bookings.ts";
import type { BookingView } from "#lib/services/views.ts";
import classes from "./Bookings.module.css";

interface Props {
  booking: BookingView;
  zone: string;
  now: string;
}

export function AcceptButton({ booking, zone, now }: Props) {
  const router = useRouter();
  const { busy, problem, send } = useCall();

  async function accept() {
    const answer = await send("POST", `/api/bookings/${booking.id}/accept`);
    if (!answer.ok) return;
    const name = words.named(booking.subject, booking.student.name);
    notifications.show({ color: "green", message: words.done.accept(name) });
    router.refresh();
  }

  return (
    <>
      <Button size="xs" loading={busy} onClick={accept} aria-describedby={`booking-${booking.id}`}>
        {words.accept}
      </Button>
      {problem ? (
        <Text role="alert" size="sm" className={classes.refusal}>
          {instantsInZone(problem.sentence, zone, now)}{" "}
          {problem.code === "no_video_provider" ? (
            <TextLink href="/tutor/video-setup" size="sm" display="block">
              {words.connectFirst}
            </TextLink>
          ) : null}
        </Text>
      ) : null}
    </>
  );
}
