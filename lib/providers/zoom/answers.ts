/**
 * The parts of Zoom's answers that we rely on. Whatever isn't needed may be null, missing or odd: it keeps nobody from
 * a room that exists.
 */
import { z } from "zod";

/**
 * Ten or eleven digits, above 2³². It is a number in JSON and sometimes already text; we store it as text.
 */
const meetingId = z.union([z.int().positive().transform(String), z.string().regex(/^\d{6,19}$/)]);

/**
 * Empty where the meeting has none. Zoom's own are at most ten printable characters; anything else isn't shown to
 * people, and counts as not said.
 */
const passcode = z
  .union([
    z.literal("").transform(() => null),
    z.string().regex(/^[!-~]{1,64}$/),
    z.int().nonnegative().transform(String),
  ])
  .optional()
  .catch(undefined);

const said = z.string().optional().catch(undefined);

export const meetingAnswer = z.object({
  id: meetingId,
  host_id: said,
  agenda: said,
  topic: z.string().catch(""),
  /** Missing where the host has made it a meeting without a fixed time, whose link goes on working. An odd one is none. */
  start_time: z.iso
    .datetime({ offset: true })
    .nullish()
    .catch(null)
    .transform((text) => (text ? new Date(text) : null)),
  join_url: z.string(),
  password: passcode,
});
export type MeetingAnswer = z.infer<typeof meetingAnswer>;

/**
 * Without `meetings` it isn't a list: taking it for an empty one would mean that nothing is there. Nor is it one with an
 * odd name for the next page, since what follows wouldn't be read.
 */
export const listAnswer = z.object({
  meetings: z.array(z.unknown()),
  next_page_token: z.string().nullish(),
});

/** The list also holds the tutor's own meetings of every type, so only these fields are read. */
export const listedMeeting = z.object({
  id: meetingId,
  agenda: said,
  start_time: said,
  created_at: z.iso
    .datetime({ offset: true })
    .nullish()
    .catch(null)
    .transform((text) => (text ? new Date(text) : null)),
});

export type ListedMeeting = z.infer<typeof listedMeeting>;

export const startAnswer = z.object({ id: meetingId, start_url: z.string() });

/** A page, a stranger's JSON, or a refusal under 200 doesn't say that the token is dead. */
export const revokeAnswer = z.object({
  status: z.literal("success"),
  error: z.never().optional(),
  code: z.never().optional(),
});

export const userAnswer = z.object({
  id: z.string().min(1),
  email: z.string().min(1),
  display_name: said,
  first_name: said,
  last_name: said,
  account_id: said,
  /** 1: Basic. 2: Licensed. 3: On-prem, which is licensed as well. Others can't be relied on. */
  type: z.number().nullish().catch(null),
});
