/** Lessons as pages and JSON answers show them. Instants are ISO 8601 in UTC; zones are IANA. */
import { z } from "zod";
import { providerIds } from "#lib/providers/provider.ts";
import type { ChangeRequest } from "#lib/records/sessions/queries/changeRequests.ts";
import { sessionStatuses } from "#lib/records/sessions/rules.ts";
import { participant } from "#lib/services/people/views.ts";
import { messageView } from "#lib/services/verb/message.ts";

const provider = z.enum(providerIds);
const instant = z.iso.datetime();

/**
 * ready: the lesson has a room. preparing: one is being made, or will be as soon as that works. waiting:
 * nobody can make one until the tutor (re)connects a provider. failed: the provider refused. over: the lesson
 * is cancelled or past and needs no room.
 */
export const linkState = z.enum(["ready", "preparing", "waiting", "failed", "over"]);
export type LinkState = z.infer<typeof linkState>;

const room = z
  .object({ provider, externalId: z.string(), url: z.string(), createdAt: instant })
  .describe("For the tutor only: the room at the provider itself.");

export const changeRequestView = z.object({
  id: z.uuid(),
  from: z.enum(["student", "guardian"]).describe("Who asked."),
  startsAt: instant.describe("When it is asked to start."),
  startsAtLocal: z.string().describe("What clocks show then in timeZone."),
  timeZone: z.string(),
  message: z.string().nullable(),
  status: z.enum(["open", "accepted", "declined", "withdrawn", "closed"]),
  answer: z.string().nullable().describe("What the tutor wrote when declining it."),
});
export type ChangeRequestView = z.infer<typeof changeRequestView>;

export const sessionView = z.object({
  id: z.uuid(),
  bookingId: z.uuid(),
  status: z.enum(sessionStatuses),
  provider: provider
    .nullable()
    .describe("Where it happens now; null until the first room is there."),
  scheduledStartAt: instant,
  scheduledEndAt: instant,
  timeZone: z.string().describe("Where it was agreed on what clocks show."),
  startsAtLocal: z.string().describe("What they show there at its start: 2027-01-11T10:00."),
  utcOffset: z.string().describe("How the server reads that: by how much they are ahead of UTC."),
  durationMinutes: z.number(),
  subject: z.string(),
  tutor: participant,
  student: participant,
  joinUrl: z.string().describe("Ours, the same for the life of the lesson; never the provider's."),
  opensAt: instant.describe("From when on Join opens."),
  cancelUntil: instant.describe("Until when its student may cancel it."),
  lessonsAhead: z
    .number()
    .describe("How many lessons of its booking haven't begun, this one included."),
  changeRequest: changeRequestView
    .nullable()
    .describe("The newest request for another time of a lesson that hasn't begun."),
  linkState,
  movedSinceJoin: z
    .boolean()
    .describe("The person entered a room of this lesson, and by now it happens in another one."),
  room: room.nullable().optional(),
  passcode: z
    .string()
    .nullable()
    .optional()
    .describe(
      "Only in the answer about one lesson: what its room asks for besides its link; null: nothing.",
    ),
  messages: z
    .array(messageView)
    .optional()
    .describe(
      "Only in the answer about one lesson: what was said with its changes and with its booking, oldest first.",
    ),
});
export type SessionView = z.infer<typeof sessionView>;

export const toRequestView = (row: ChangeRequest | undefined): ChangeRequestView | null =>
  row
    ? {
        id: row.id,
        from: row.as_guardian ? "guardian" : "student",
        startsAt: row.starts_at.toISOString(),
        startsAtLocal: row.starts_local,
        timeZone: row.time_zone,
        message: row.message,
        status: row.status,
        answer: row.answer,
      }
    : null;
