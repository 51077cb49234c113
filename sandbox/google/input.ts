/** Reads the body of an event write. @throws the refusal that Google would answer with */
import { z } from "zod";
import { calendarError } from "#sandbox/google/errors.ts";
import type { EventTime } from "#sandbox/google/store.ts";
import { instantOf, isZone } from "#sandbox/localTime.ts";

export class Refusal extends Error {
  readonly answer: Response;
  constructor(answer: Response) {
    super("refused");
    this.answer = answer;
  }
}

export function refuse(code: number, reason: string, message: string): never {
  throw new Refusal(calendarError(code, reason, message));
}

const time = z.object({
  dateTime: z.string().nullish(),
  timeZone: z.string().nullish(),
  date: z.iso.date().nullish(),
});

const properties = z.record(z.string(), z.string().nullable());

const body = z.object({
  id: z.string().optional(),
  status: z.enum(["confirmed", "tentative", "cancelled"]).optional(),
  summary: z.string().nullish(),
  description: z.string().max(8_192).nullish(),
  location: z.string().nullish(),
  colorId: z.string().nullish(),
  visibility: z.enum(["default", "public", "private", "confidential"]).nullish(),
  transparency: z.enum(["opaque", "transparent"]).nullish(),
  guestsCanModify: z.boolean().nullish(),
  guestsCanInviteOthers: z.boolean().nullish(),
  guestsCanSeeOtherGuests: z.boolean().nullish(),
  anyoneCanAddSelf: z.boolean().nullish(),
  attendees: z.array(z.looseObject({ email: z.email() })).nullish(),
  reminders: z.looseObject({ useDefault: z.boolean().optional() }).nullish(),
  source: z
    .object({ url: z.url({ protocol: /^https?$/ }), title: z.string().optional() })
    .nullish(),
  extendedProperties: z
    .object({ private: properties.nullish(), shared: properties.nullish() })
    .nullish(),
  start: time.optional(),
  end: time.optional(),
  conferenceData: z
    .looseObject({
      createRequest: z
        .object({
          requestId: z.string().optional(),
          conferenceSolutionKey: z.object({ type: z.string().optional() }).optional(),
        })
        .nullish(),
    })
    .nullish(),
});
export type EventBody = z.infer<typeof body>;

/** Unknown fields are silently dropped, as Google does. */
export function eventBody(json: unknown): EventBody {
  const parsed = body.safeParse(json);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join(".") ?? "";
  return refuse(400, "invalid", `Invalid value for: ${where || "body"}`);
}

const offset = /(?:[zZ]|[+-]\d\d:?\d\d)$/;

/**
 * A time needs either an offset or a zone of its own to be read in. An all-day event has a date in its place; a change is
 * merged into what was there `before`, and never leaves both.
 */
export function eventTime(
  given: EventBody["start"],
  which: "start" | "end",
  before?: EventTime,
): EventTime {
  const date = given?.date === undefined ? before?.date : given.date;
  const keepsTime = before !== undefined && before.date === undefined;
  if (date && (given?.dateTime || (keepsTime && given?.dateTime !== null))) {
    return refuse(400, "invalid", `Invalid ${which} time.`);
  }
  if (date) return { at: `${date}T00:00:00.000Z`, timeZone: null, date };
  if (!given?.dateTime) return refuse(400, "required", `Missing ${which} time.`);
  const timeZone = given.timeZone ?? null;
  if (timeZone !== null && !isZone(timeZone)) {
    refuse(400, "invalid", `Invalid time zone definition for ${which} time.`);
  }
  if (timeZone === null && !offset.test(given.dateTime)) {
    refuse(400, "required", `Missing time zone definition for ${which} time.`);
  }
  const at = instantOf(given.dateTime, timeZone ?? "UTC");
  if (at === null) return refuse(400, "invalid", `Invalid value for: ${which}.dateTime`);
  return { at: at.toISOString(), timeZone };
}

export function checkOrder(start: EventTime, end: EventTime): void {
  if (end.at < start.at) {
    refuse(400, "timeRangeEmpty", "The specified time range is empty.");
  }
}

/** The id of the request for a conference, if there is one and it is allowed. */
export function conferenceRequest(given: EventBody): string | null {
  const request = given.conferenceData?.createRequest;
  if (!request) return null;
  if (!request.requestId) refuse(400, "required", "Missing conference request id.");
  if (request.conferenceSolutionKey?.type !== "hangoutsMeet") {
    refuse(400, "invalid", "Invalid conference type value.");
  }
  return request.requestId ?? null;
}

const kept = new Set(["id", "status", "start", "end", "conferenceData"]);

/** The plain fields of a body. A null clears a field. */
export const plainFields = (given: EventBody): Record<string, unknown> =>
  Object.fromEntries(Object.entries(given).filter(([name]) => !kept.has(name)));

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** PATCH semantics: objects are merged, lists and plain values replaced, and null removes. */
export function merge(old: Record<string, unknown>, change: Record<string, unknown>) {
  const merged = { ...old };
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) continue;
    const before = merged[name];
    if (value === null) delete merged[name];
    else if (isRecord(value)) merged[name] = merge(isRecord(before) ? before : {}, value);
    else merged[name] = value;
  }
  return merged;
}
