"use client";
import { Stack, Title } from "@mantine/core";
import { IconInbox } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useReread } from "#components/calls/useReread.ts";
import { Empty } from "#components/Empty.tsx";
import type { BookingView } from "#lib/services/bookings/views.ts";
import { AcceptButton } from "./AcceptButton.tsx";
import { BookingRow } from "./BookingRow.tsx";
import classes from "./Bookings.module.css";
import { DecideButton } from "./DecideButton.tsx";
import { inOrder } from "./order.ts";

interface Props {
  bookings: BookingView[];
  zone: string;
  now: string;
}

/** Requests come first, then accepted bookings, then all others. */
export function TutorBookings({ bookings, zone, now }: Props) {
  const words = useTranslations("bookings");
  useReread(60_000);
  const { requests, ahead, rest } = inOrder(bookings, now);
  return (
    <Stack gap="xl">
      {requests.length === 0 ? (
        <Empty
          icon={<IconInbox size={28} aria-hidden />}
          title={words("noneForTutor.title")}
          text={words("noneForTutor.text")}
        />
      ) : (
        <Part title={words("requests")} bookings={requests} zone={zone} now={now} />
      )}
      <Part title={words("accepted")} bookings={ahead} zone={zone} now={now} />
      <Part title={words("others")} bookings={rest} zone={zone} now={now} />
    </Stack>
  );
}

function Part({ title, bookings, zone, now }: Props & { title: string }) {
  if (bookings.length === 0) return null;
  return (
    <section aria-label={title}>
      <Title order={2} mb="xs">
        {title}
      </Title>
      <ul className={classes.list}>
        {bookings.map((booking) => (
          <BookingRow
            key={booking.id}
            booking={booking}
            other={booking.student}
            zone={zone}
            now={now}
          >
            {booking.status === "requested" ? (
              <>
                <AcceptButton booking={booking} zone={zone} now={now} />
                <DecideButton verb="decline" booking={booking} other={booking.student} />
              </>
            ) : null}
          </BookingRow>
        ))}
      </ul>
    </section>
  );
}
