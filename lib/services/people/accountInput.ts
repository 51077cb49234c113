/** What signing up, signing in and a new password take. */
import { z } from "zod";
import { emailAddress, freeText, language, timeZone } from "#lib/services/input.ts";

/** A name reaches other people by mail and in calendars. */
export const personName = freeText(120);

export const PASSWORD_LENGTH = { min: 8, max: 128 } as const;

const newPassword = z
  .string()
  .min(PASSWORD_LENGTH.min, "tooShort")
  .max(PASSWORD_LENGTH.max, "tooLong");
/** Any password may be tried, but no text of a size that only costs time. */
const password = z.string().max(PASSWORD_LENGTH.max, "tooLong");

export const signUpInput = z.object({
  name: personName,
  email: emailAddress,
  password: newPassword,
  role: z.enum(["tutor", "student"]),
  timeZone: timeZone.describe("IANA"),
  language: language.optional().describe("One of the catalog's; English when left out."),
});

export const signInInput = z.object({ email: emailAddress, password });

export const resetRequestInput = z.object({ email: emailAddress });

export const newPasswordInput = z.object({ newPassword, token: z.string().max(256, "tooLong") });
