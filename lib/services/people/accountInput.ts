/** What signing up, signing in and a new password take. */
import { z } from "zod";
import { emailAddress, freeText, language, timeZone } from "#lib/services/verb/input.ts";
import { isGuessable, PASSWORD_LENGTH } from "./passwordRule.ts";

/** A name reaches other people by mail and in calendars. */
export const personName = freeText(120);

export const newPassword = z
  .string()
  .min(PASSWORD_LENGTH.min, "tooShort")
  .max(PASSWORD_LENGTH.max, "tooLong")
  .refine((password) => !isGuessable(password), "guessable");
/** Any password may be tried, but no text of a size that only costs time. */
export const password = z.string().max(PASSWORD_LENGTH.max, "tooLong");

export const signUpInput = z
  .object({
    name: personName,
    email: emailAddress,
    password: newPassword,
    role: z.enum(["tutor", "student"]),
    timeZone: timeZone.describe("IANA"),
    language: language.optional().describe("One of the catalog's; English when left out."),
  })
  .refine(({ name, email, password }) => !isGuessable(password, [name, email]), {
    path: ["password"],
    error: "guessable",
  });

export const signInInput = z.object({ email: emailAddress, password });

export const resetRequestInput = z.object({ email: emailAddress });

/** The library looks for it as it stands, and the database takes neither NUL nor a lone surrogate. */
const mailedToken = z
  .string()
  .max(256, "tooLong")
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, "unreadable");

export const newPasswordInput = z.object({ newPassword, token: mailedToken });
