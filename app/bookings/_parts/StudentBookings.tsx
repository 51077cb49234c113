"use client";
import { Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useReread } from "#components/calls/useReread.ts";
import { useNow } from "#components/time/useNow.ts";
import type { BookingView } from "#lib/services/bookings/views.ts";
import { BookingRow } from "./BookingRow.tsx";
import classes from "./Bookings.module.css";
import { DecideButton } from "./DecideButton.tsx";
import { inOrder, toCome } from "./order.ts";

export function StudentBookings({ bookings }: { bookings: BookingView[] }) {
  const words = useTranslations("bookings");
  useReread(60_000);
  const now = useNow();
  const { requests, ahead, rest } = inOrder(bookings, now);
  return (
    <section aria-labelledby="mine">
      <Title order={2} id="mine" mb="xs">
        {words("mine")}
      </Title>
      {bookings.length === 0 ? <Text c="dimmed">{words("none")}</Text> : null}
      <ul className={classes.list}>
        {[...requests, ...ahead, ...rest].map((booking) => (
          <BookingRow key={booking.id} booking={booking} other={booking.tutor}>
            {requests.includes(booking) ||
            (ahead.includes(booking) && toCome(booking, now).length > 0) ? (
              <DecideButton verb="cancel" booking={booking} other={booking.tutor} />
            ) : null}
          </BookingRow>
        ))}
      </ul>
    </section>
  );
}
