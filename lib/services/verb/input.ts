/** Parses what comes from outside. Whatever is wrong becomes a refusal that names the field. */
import { z } from "zod";
import { isWithinReach } from "#lib/platform/localTime.ts";
import { DEFAULT_LANGUAGE, isLanguage, type Messages, messagesOf } from "#lib/platform/words.ts";
import { type Nameable, notFound, Refusal } from "./errors.ts";

/** @throws Refusal `invalid_input` with the first field at fault */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join(".");
  if (!issue || !field) throw new Refusal("invalid_input", "unexpectedBody");
  throw isInputKey(issue.message)
    ? new Refusal("invalid_input", `input.${issue.message}`, { field, ...limitsOf(issue) })
    : new Refusal("invalid_input", "input.other", { field, said: issue.message });
}

/** The schemas below name their sentence in the catalog; any other message is zod's own and is passed on. */
const isInputKey = (message: string): message is keyof Messages["refusals"]["input"] =>
  Object.hasOwn(messagesOf(DEFAULT_LANGUAGE).refusals.input, message);

const limitsOf = (issue: z.core.$ZodIssue): { least?: number; most?: number } => ({
  ...(issue.code === "too_small" && { least: Number(issue.minimum) }),
  ...(issue.code === "too_big" && { most: Number(issue.maximum) }),
});

/** An instant in ISO 8601 with its offset. Without one, a local time would be read in the machine's zone. */
export const instant = z.iso
  .datetime({ offset: true, error: "instant" })
  .refine((text) => isWithinReach(Date.parse(text)), "instant")
  .transform((text) => new Date(text));

/**
 * Text of one line, as it is quoted to other people in mails and calendars. Nothing in it ends the line or
 * turns the direction of what stands around it, the database takes every character, and somebody who reads it
 * sees something.
 */
export const freeText = (max: number) =>
  z
    .string()
    .trim()
    // Keyboards for right-to-left scripts insert marks of direction, which nobody sees and nothing needs.
    .overwrite((text) => text.replace(/[\u061C\u200E\u200F]/g, ""))
    .min(1, "needed")
    .max(max, "tooLong")
    .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]*$/u, "unreadable")
    .refine((text) => VISIBLE.test(text), "invisible");

/**
 * A letter or digit of any script that can be seen. Unicode counts fillers among the letters, as which they show
 * nothing, and has two hieroglyphs that are blank.
 */
const VISIBLE = /[[\p{L}\p{N}]--[\p{Default_Ignorable_Code_Point}\u{13441}\u{13442}]]/v;

/** In lower case, as it is stored and compared. */
export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "tooLong")
  .pipe(z.email("email"));

export const language = z.string().refine(isLanguage, "language");

/** An IANA name as it is written; an offset names no zone. */
export const timeZone = z.string().refine(isZoneName, "timeZone");

export function isZoneName(zone: string): boolean {
  try {
    return /^[A-Z]/.test(zone) && new Temporal.ZonedDateTime(0n, zone).timeZoneId === zone;
  } catch {
    return false;
  }
}

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }) !== null;
  } catch {
    return false;
  }
}

/** Also a zone as earlier versions stored it: an offset, or a name in lower case. */
export const anyZone = z.string().refine(isTimeZone, "timeZone");

export const id = z.uuid("id").toLowerCase();

/** A text that isn't an id can't name anything. @throws Refusal `not_found` */
export function asId(text: string, what: Nameable): string {
  if (!id.safeParse(text).success) throw notFound(what);
  // As the database writes it: ids are compared as texts, too.
  return text.toLowerCase();
}
