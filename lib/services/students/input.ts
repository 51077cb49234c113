/** What a tutor writes down about a student. */
import { z } from "zod";
import { emailAddress, freeText, timeZone } from "#lib/services/verb/input.ts";

/** Several lines, for the tutor's own eyes. */
const note = z
  .string()
  .trim()
  .max(2000, "tooLong")
  .regex(/^[^\p{Cs}\0]*$/u, "unreadable")
  .transform((text) => text || null);

const emptyIsNone = (text: unknown) => (typeof text === "string" && !text.trim() ? null : text);
const address = z.preprocess(emptyIsNone, emailAddress.nullable());

export const studentInput = z.object({
  name: freeText(120),
  timeZone: timeZone.describe("IANA, such as America/Vancouver"),
  email: address.default(null).describe("Is asked by mail before it gets anything else."),
  guardianEmail: address.default(null).describe("The same; gets copies."),
  note: note.default(null).describe("Nobody but the tutor reads it."),
});

/** Fields that are left out keep their value. */
export const studentChange = z.object({
  name: freeText(120).optional(),
  timeZone: timeZone.optional(),
  email: address.optional(),
  guardianEmail: address.optional(),
  note: note.optional(),
});

/** Which of the addresses. */
export const againInput = z.object({
  kind: z.enum(["student", "tutors_guardian"], "needed"),
});
