/** Reads the body of a meeting write. Invalid fields are refused with code 300 and named. */
import { z } from "zod";
import { instantOf, isZone } from "#sandbox/localTime.ts";
import { Refusal, validationError } from "#sandbox/zoom/errors.ts";

// The two documented spellings: GMT with Z, or local time to be read in `timezone`. Offsets are not allowed.
const startTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?$/;

const fields = {
  topic: z.string().max(200),
  agenda: z.string().max(2_000),
  type: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(8), z.literal(10)]),
  start_time: z.string().regex(startTime),
  duration: z.number().int().min(1).max(1_440),
  timezone: z.string().refine(isZone),
  password: z.string().max(10),
  settings: z.record(z.string(), z.unknown()),
  recurrence: z.looseObject({ end_times: z.number().int().min(1).max(50).optional() }),
};

const body = z.object(fields).partial();
export type MeetingBody = z.infer<typeof body>;

export function meetingBody(json: unknown): MeetingBody {
  const parsed = body.safeParse(json);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map((issue) => ({
    field: issue.path.join("."),
    message: "Invalid field.",
  }));
  throw new Refusal(validationError(errors));
}

/** The instant of the start. With a Z, the zone doesn't matter. */
export function startOf(given: { start_time: string; timezone: string }): Date {
  const start = instantOf(given.start_time, given.timezone);
  if (start === null) {
    throw new Refusal(validationError([{ field: "start_time", message: "Invalid field." }]));
  }
  return start;
}
