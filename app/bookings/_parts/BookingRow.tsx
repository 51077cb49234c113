"use client";
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { LessonTime } from "#components/Time.tsx";
import { day, fullDay } from "#components/time.ts";
import { bookingWords as words } from "#components/words/bookings.ts";
import type { BookingView, Participant } from "#lib/services/views.ts";
import classes from "./Bookings.module.css";

interface Props {
  booking: BookingView;
  other: Participant;
  zone: string;
  now: string;
  /** What can be done with it. */
  children: ReactNode;
}

export function BookingRow({ booking, other, zone, now, children }: Props) {
  const { id, subject, startsAt, durationMinutes, lessonStarts, status } = booking;
  const endsAt = new Date(Date.parse(startsAt) + durationMinutes * 60_000).toISOString();
  const last = lessonStarts.at(-1) ?? startsAt;
  return (
    <li className={classes.booking} data-status={status}>
      <div>
        <Text id={`booking-${id}`}>
          <strong className={classes.subject}>{subject}</strong> · {other.name}
        </Text>
        <Text size="sm" c="dimmed" component="div">
          {day(startsAt, zone, now)},{" "}
          <LessonTime from={startsAt} to={endsAt} zone={zone} now={now} other={other} />
        </Text>
        {lessonStarts.length > 1 ? (
          <Text size="sm" c="dimmed" className="figures">
            {words.weekly(
              lessonStarts.length,
              fullDay(startsAt, zone, now),
              fullDay(last, zone, now),
            )}
          </Text>
        ) : null}
      </div>
      <Text size="sm" className={classes.status} data-status={status}>
        {words.status[status]}
      </Text>
      <div className={classes.doing}>{children}</div>
    </li>
  );
}
