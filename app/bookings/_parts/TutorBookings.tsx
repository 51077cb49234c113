"use client";
import { Stack, Title } from "@mantine/core";
import { IconInbox } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useReread } from "#components/calls/useReread.ts";
import { Empty } from "#components/Empty.tsx";
import { useNow } from "#components/time/useNow.ts";
import type { BookingView } from "#lib/services/bookings/views.ts";
import { AcceptButton } from "./AcceptButton.tsx";
import { BookingRow } from "./BookingRow.tsx";
import classes from "./Bookings.module.css";
import { DecideButton } from "./DecideButton.tsx";
import { inOrder, toCome } from "./order.ts";

/** Requests come first, then accepted bookings, then all others. */
export function TutorBookings({ bookings }: { bookings: BookingView[] }) {
  const words = useTranslations("bookings");
  useReread(60_000);
  const { requests, ahead, rest } = inOrder(bookings, useNow());
  return (
    <Stack gap="xl">
      {requests.length === 0 ? (
        <Empty
          icon={<IconInbox size={28} aria-hidden />}
          title={words("noneForTutor.title")}
          text={words("noneForTutor.text")}
        />
      ) : (
        <Part title={words("requests")} bookings={requests} />
      )}
      <Part title={words("accepted")} bookings={ahead} />
      <Part title={words("others")} bookings={rest} />
    </Stack>
  );
}

function Part({ title, bookings }: { title: string; bookings: BookingView[] }) {
  const now = useNow();
  if (bookings.length === 0) return null;
  return (
    <section aria-label={title}>
      <Title order={2} mb="xs">
        {title}
      </Title>
      <ul className={classes.list}>
        {bookings.map((booking) => (
          <BookingRow key={booking.id} booking={booking} other={booking.student}>
            {booking.status === "requested" ? (
              <>
                <AcceptButton booking={booking} />
                <DecideButton verb="decline" booking={booking} other={booking.student} />
              </>
            ) : null}
            {booking.status === "accepted" && toCome(booking, now).length > 0 ? (
              <DecideButton verb="cancel" booking={booking} other={booking.student} />
            ) : null}
          </BookingRow>
        ))}
      </ul>
    </section>
  );
}
