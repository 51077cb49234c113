/** Parsing what comes from outside; what is wrong leaves as a refusal that names the field. */
import { z } from "zod";
import { isTimeZone } from "#lib/records/bookings/rules.ts";
import { notFound, Refusal } from "./errors.ts";

/** @throws Refusal `invalid_input` with the first field at fault */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join(".") || undefined;
  throw new Refusal(
    "invalid_input",
    field ? `${field}: ${issue?.message}` : "The request's body is not what is expected.",
    field,
  );
}

/** An instant in ISO 8601 with its offset: a local time without one would mean the machine's zone. */
export const instant = z.iso
  .datetime({ offset: true, error: "must be a time in ISO 8601 with its offset" })
  .transform((text) => new Date(text));

/** Words of one line: control characters belong to no name, and some the database refuses. */
export const freeText = (max: number) =>
  z
    .string()
    .trim()
    .min(1, "is needed")
    .max(max, `is longer than ${max} characters`)
    .regex(/^\P{Cc}*$/u, "holds characters that can't be shown");

export const timeZone = z.string().refine(isTimeZone, "must be an IANA time zone");

export const id = z.uuid("must be an id");

/** What isn't an id at all names nothing either. @throws Refusal `not_found` */
export function asId(text: string, what: string): string {
  if (!id.safeParse(text).success) throw notFound(what);
  return text;
}
