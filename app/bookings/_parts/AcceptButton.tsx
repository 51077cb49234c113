"use client";
import { Button, Text } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { TextLink } from "#components/ButtonLink.tsx";
import { useCall } from "#components/calls/useCall.ts";
import { useOvertaken } from "#components/calls/useOvertaken.ts";
import { notify } from "#components/onDemand/notify.ts";
import type { BookingView } from "#lib/services/bookings/views.ts";
import classes from "./Bookings.module.css";

export function AcceptButton({ booking }: { booking: BookingView }) {
  const words = useTranslations("bookings");
  const router = useRouter();
  const { busy, problem, send } = useCall();
  const overtaken = useOvertaken();

  async function accept() {
    const answer = await send("POST", `/api/bookings/${booking.id}/accept`);
    if (!answer.ok) {
      overtaken(answer.problem);
      return;
    }
    const lesson = words("named", { subject: booking.subject, name: booking.student.name });
    void notify(words("accept.done", { lesson }));
    router.refresh();
  }

  return (
    <>
      <Button size="xs" loading={busy} onClick={accept} aria-describedby={`booking-${booking.id}`}>
        {words("accept.button")}
      </Button>
      {problem ? (
        <Text role="alert" size="sm" className={classes.refusal}>
          {problem.sentence}{" "}
          {problem.code === "no_video_provider" ? (
            <TextLink href="/tutor/video-setup" size="sm" display="block">
              {words("accept.connectFirst")}
            </TextLink>
          ) : null}
        </Text>
      ) : null}
    </>
  );
}
