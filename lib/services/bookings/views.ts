/** Bookings as pages and JSON answers show them. Instants are ISO 8601 in UTC; zones are IANA. */
import { z } from "zod";
import { bookingStatuses } from "#lib/records/bookings/rules.ts";
import { participant } from "#lib/services/people/views.ts";

const instant = z.iso.datetime();

export const bookingView = z.object({
  id: z.uuid(),
  status: z.enum(bookingStatuses),
  subject: z.string(),
  startsAt: instant,
  durationMinutes: z.number(),
  timeZone: z.string().describe('The zone in which "weekly at the same time" is meant.'),
  repeatWeekly: z.number(),
  tutor: participant,
  student: participant,
  createdAt: instant,
  lessonStarts: z
    .array(instant)
    .describe("Starts of its lessons, as they are now, without those that were cancelled."),
  cancelledLessons: z.number(),
});
export type BookingView = z.infer<typeof bookingView>;
