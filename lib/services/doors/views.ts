/** What the door of a lesson shows. Never an account, another lesson, or the room. */
import { z } from "zod";
import { clockHours } from "#lib/platform/dateWords.ts";
import { providerIds } from "#lib/providers/provider.ts";
import { sessionStatuses } from "#lib/records/sessions/rules.ts";
import { changeRequestView, linkState } from "#lib/services/sessions/views.ts";

const instant = z.iso.datetime();

export const doorView = z.object({
  hasEnded: z.literal(false),
  status: z.enum(sessionStatuses),
  subject: z.string(),
  tutorName: z.string(),
  provider: z.enum(providerIds).nullable(),
  scheduledStartAt: instant,
  scheduledEndAt: instant,
  opensAt: instant,
  linkState,
  movedSinceJoin: z.boolean(),
  cancelledBecause: z
    .string()
    .nullable()
    .describe("What the tutor wrote when cancelling; null: nothing, or it isn't cancelled."),
  changeRequest: changeRequestView
    .extend({ isOwn: z.boolean().describe("Whether it was asked for by this person's link.") })
    .nullable(),
  /** The reader's. */
  timeZone: z.string(),
  clockHours: z.literal(clockHours),
  language: z.string(),
  isOwnLanguage: z
    .boolean()
    .describe("Whether the reader has set it; otherwise their tutor reads it."),
});
export type DoorView = z.infer<typeof doorView>;

/** A link that has ended shows nothing of the lesson. */
export type ReadDoor =
  | DoorView
  | ({ hasEnded: true } & Pick<DoorView, "language" | "isOwnLanguage">);

export const enteredView = z.object({
  url: z.string().describe("The room's address at the provider, to follow now and never to keep."),
  passcode: z
    .string()
    .nullable()
    .describe("What the room asks for besides its link; null: nothing."),
});
export type EnteredView = z.infer<typeof enteredView>;
