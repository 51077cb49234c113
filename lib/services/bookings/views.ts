/** Bookings as pages and JSON answers show them. Instants are ISO 8601 in UTC; zones are IANA. */
import { z } from "zod";
import { bookingStatuses } from "#lib/records/bookings/rules.ts";
import { participant } from "#lib/services/people/views.ts";
import { messageView } from "#lib/services/verb/message.ts";

const instant = z.iso.datetime();

export const bookingView = z.object({
  id: z.uuid(),
  status: z.enum(bookingStatuses),
  subject: z.string(),
  startsAt: instant,
  startsAtLocal: z.string().describe("What clocks show then in timeZone: 2027-01-11T10:00."),
  utcOffset: z.string().describe("How the server reads that: by how much they are ahead of UTC."),
  durationMinutes: z.number(),
  timeZone: z.string().describe('The zone in which "weekly at the same time" is meant.'),
  repeatWeekly: z.number(),
  tutor: participant,
  student: participant,
  createdAt: instant,
  lessonStarts: z
    .array(instant)
    .describe(
      "Starts of its lessons as they are now, without those that were cancelled; before it is accepted, those that it asks for.",
    ),
  cancelledStarts: z.array(instant).describe("Where the cancelled ones stood last."),
  cancelUntilHours: z
    .number()
    .describe("Its student may cancel a lesson until so many hours before the start."),
  messages: z
    .array(messageView)
    .describe("What was said about it as a whole, oldest first: with the request and its end."),
  isWeekly: z.boolean().describe("Whether all of them are at one time of one weekday."),
});
export type BookingView = z.infer<typeof bookingView>;
