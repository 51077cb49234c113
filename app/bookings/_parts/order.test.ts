import { expect, it } from "vitest";
import type { BookingView } from "#lib/services/bookings/views.ts";
import { inOrder } from "./order.ts";

const now = "2026-11-20T12:00:00.000Z";
const person = { id: "p", name: "P", timeZone: "UTC" };

const booking = (id: string, status: BookingView["status"], starts: string[]): BookingView => ({
  id,
  status,
  subject: "Algebra",
  startsAt: starts[0] ?? now,
  startsAtLocal: (starts[0] ?? now).slice(0, 16),
  utcOffset: "+00:00",
  durationMinutes: 60,
  timeZone: "UTC",
  repeatWeekly: starts.length,
  tutor: person,
  student: person,
  createdAt: `2026-11-${id}T00:00:00.000Z`,
  lessonStarts: starts,
  cancelledStarts: [],
  cancelUntilHours: 0,
  messages: [],
  isWeekly: true,
});

it("bookings stand by what is next, and what is over stands last", () => {
  const past = "2026-11-01T10:00:00.000Z";
  const soon = "2026-11-21T10:00:00.000Z";
  const later = "2026-11-28T10:00:00.000Z";
  const running = "2026-11-20T11:30:00.000Z";
  const ordered = inOrder(
    [
      booking("01", "accepted", [past]),
      booking("02", "accepted", [later]),
      booking("03", "requested", [later]),
      booking("04", "accepted", [past, soon]),
      booking("05", "declined", [soon]),
      booking("06", "requested", [soon]),
      booking("07", "accepted", [running]),
      // Every lesson of it was cancelled.
      booking("08", "accepted", []),
    ],
    now,
  );
  const ids = (bookings: BookingView[]) => bookings.map(({ id }) => id);
  expect(ids(ordered.requests)).toEqual(["03", "06"]);
  expect(ids(ordered.ahead)).toEqual(["07", "04", "02"]);
  expect(ids(ordered.rest)).toEqual(["08", "05", "01"]);
});
