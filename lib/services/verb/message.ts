/** What somebody writes to the other side of a lesson with a change. */
import { z } from "zod";
import type { LessonMessages } from "#lib/platform/database.types.ts";
import type { Trx } from "#lib/platform/db.ts";
import { insertMessages, type LessonMessage } from "#lib/records/sessions/queries/messages.ts";
import { MESSAGE_LENGTH } from "#lib/records/sessions/rules.ts";
import type { Context } from "./context.ts";
import { freeText } from "./input.ts";

/** A field of each input that can be explained. Lines are joined, since mails quote it on one. */
export const messageField = z
  .string()
  .overwrite((text) => text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, " "))
  .pipe(freeText(MESSAGE_LENGTH))
  .optional()
  .describe("What the other side is told with it, in one's own words.");

interface Said {
  text: string | undefined;
  by: string;
  saidWith: LessonMessages["said_with"];
  bookingId: string;
  /** The lessons that it is about; null for the whole booking. */
  sessionIds: string[] | null;
}

/** Keeps it for the pages, in the transaction of the change. @returns the text, or null where nobody wrote any */
export async function keepMessage(ctx: Context, trx: Trx, said: Said): Promise<string | null> {
  const { text, by, saidWith, bookingId, sessionIds } = said;
  if (text === undefined) return null;
  const about = sessionIds ?? [null];
  if (about.length === 0) return text;
  await insertMessages(
    trx,
    about.map((sessionId) => ({
      id: ctx.newId(),
      booking_id: bookingId,
      session_id: sessionId,
      person_id: by,
      said_with: saidWith,
      text,
      created_at: ctx.clock(),
    })),
  );
  return text;
}

export const messageView = z.object({
  from: z.enum(["tutor", "student"]),
  saidWith: z.enum(["request", "decline", "cancel", "reschedule"]),
  text: z.string(),
  at: z.iso.datetime(),
});
export type MessageView = z.infer<typeof messageView>;

export const toMessageView = (
  { person_id, said_with, text, created_at }: LessonMessage,
  { tutor_id: tutorId }: { tutor_id: string },
): MessageView => ({
  from: person_id === tutorId ? "tutor" : "student",
  saidWith: said_with,
  text,
  at: created_at.toISOString(),
});
