"use client";
import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Messages } from "#components/messages/Messages.tsx";
import { LessonTime } from "#components/time/Time.tsx";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { BookingView } from "#lib/services/bookings/views.ts";
import type { Participant } from "#lib/services/people/views.ts";
import classes from "./Bookings.module.css";

interface Props {
  booking: BookingView;
  other: Participant;
  /** The buttons for this booking. */
  children: ReactNode;
}

export function BookingRow({ booking, other, children }: Props) {
  const words = useTranslations("bookings");
  const times = useTimes();
  const now = useNow();
  const { id, subject, durationMinutes, lessonStarts: left, cancelledStarts: gone } = booking;
  const reader = booking.tutor.id === other.id ? booking.student : booking.tutor;
  const starts = left.length > 0 ? left : gone;
  const first = starts[0] ?? booking.startsAt;
  const endsAt = new Date(Date.parse(first) + durationMinutes * 60_000).toISOString();
  const last = starts.at(-1) ?? first;
  const isOver = Date.parse(last) + durationMinutes * 60_000 <= Date.parse(now);
  const status = booking.status === "accepted" ? afterAccepting(booking, isOver) : booking.status;
  return (
    <li className={classes.booking} data-status={status}>
      <div>
        <Text id={`booking-${id}`}>
          <strong className={classes.subject}>{subject}</strong> · {other.name}
        </Text>
        <Text size="sm" c="dimmed" component="div">
          {times.day(first, now)}, <LessonTime from={first} to={endsAt} other={other} />
        </Text>
        {starts.length > 1 ? (
          <Text size="sm" c="dimmed" className="figures">
            {words(booking.isWeekly ? "weekly" : "scattered", {
              count: starts.length,
              first: times.fullDay(first, now),
              last: times.fullDay(last, now),
            })}
          </Text>
        ) : null}
        {left.length > 0 && gone.length > 0 ? (
          <Text size="sm" c="dimmed" className="figures">
            {words("lessonsCancelled", { count: gone.length })}
          </Text>
        ) : null}
        <Messages {...booking} readerId={reader.id} />
      </div>
      <Text size="sm" className={classes.status} data-status={status}>
        {words(`status.${status}`)}
      </Text>
      <div className={classes.doing}>{children}</div>
    </li>
  );
}

/** "Accepted" would be no news of lessons that are over, and wrong of lessons that were all cancelled since. */
function afterAccepting({ lessonStarts, cancelledStarts }: BookingView, isOver: boolean) {
  if (lessonStarts.length === 0 && cancelledStarts.length > 0) return "cancelled";
  return isOver ? "over" : "accepted";
}
