"use client";
import { Text, Title } from "@mantine/core";
import { useReread } from "#components/useReread.ts";
import { bookingWords as words } from "#components/words/bookings.ts";
import type { BookingView } from "#lib/services/views.ts";
import { BookingRow } from "./BookingRow.tsx";
import classes from "./Bookings.module.css";
import { DecideButton } from "./DecideButton.tsx";

interface Props {
  bookings: BookingView[];
  zone: string;
  now: string;
}

export function StudentBookings({ bookings, zone, now }: Props) {
  useReread(60_000);
  return (
    <section aria-labelledby="mine">
      <Title order={2} id="mine" mb="xs">
        {words.mine}
      </Title>
      {bookings.length === 0 ? <Text c="dimmed">{words.none}</Text> : null}
      <ul className={classes.list}>
        {bookings.map((booking) => (
          <BookingRow
            key={booking.id}
            booking={booking}
            other={booking.tutor}
            zone={zone}
            now={now}
          >
            {booking.status === "requested" || isAhead(booking, now) ? (
              <DecideButton verb="cancel" booking={booking} other={booking.tutor} />
            ) : null}
          </BookingRow>
        ))}
      </ul>
    </section>
  );
}

/** Accepted, with a lesson still to come. */
const isAhead = ({ status, lessonStarts }: BookingView, now: string): boolean =>
  status === "accepted" && lessonStarts.some((start) => Date.parse(start) > Date.parse(now));
