/**
 * What support sees of a tutor, in pages, JSON and the terminal alike. It never holds a token, a room's link
 * or any other way in.
 */
import { z } from "zod";
import { providerIds } from "#lib/providers/provider.ts";
import { connectionStatuses } from "#lib/records/grants/rules.ts";
import { mailReasons } from "#lib/records/mails/rules.ts";
import { migrationSessionStates } from "#lib/records/migrations/rules.ts";
import { sessionStatuses } from "#lib/records/sessions/rules.ts";
import { linkCheck } from "#lib/services/drift/views.ts";
import { connectionEventView, migrationView } from "#lib/services/switching/views.ts";

const provider = z.enum(providerIds);
const instant = z.iso.datetime();
const lesson = z.object({ id: z.uuid(), title: z.string(), startsAt: instant });
const providerError = z
  .object({ code: z.string(), detail: z.string().nullable() })
  .nullable()
  .describe("In the provider's words.");

/** What may be wrong. The catalog has a sentence for each, and another on what to do. */
export const findingCodes = [
  "not_connected",
  "disconnected",
  "needs_reconnect",
  "refresh_failing",
  "client_refused",
  "unreachable",
  "api_disabled",
  "changed_by_hand",
  "link_to_nowhere",
  "room_gone",
  "time_untold",
  "time_refused",
  "elsewhere",
  "no_room_unconnected",
  "no_room_disconnected",
  "no_room_reconnect",
  "no_room_refused",
  "no_room_yet",
  "join_elsewhere",
  "join_nowhere",
  "moves_failed",
  "overdue",
  "stranded",
  "stray",
  "stray_refused",
  "unknown_room",
  "not_looked",
  "mail_failed",
  "mail_refused",
  "mail_server",
] as const;
export type FindingCode = (typeof findingCodes)[number];

export const finding = z.object({
  code: z.enum(findingCodes),
  lesson: lesson.nullable().describe("The lesson that it is about."),
  provider: provider.nullable(),
  opens: provider.nullable().describe("Where Join leads, where that is another provider."),
  detail: z.string().nullable().describe("The provider's words, or an address."),
  what: z.string().nullable().describe("Id of the room, meeting or migration that it is about."),
  at: instant.nullable().describe("The room's own time."),
  count: z.number(),
});
export type Finding = z.infer<typeof finding>;

export const found = (code: FindingCode, more: Partial<Finding> = {}): Finding => ({
  code,
  lesson: null,
  provider: null,
  opens: null,
  detail: null,
  what: null,
  at: null,
  count: 1,
  ...more,
});

/** In the order in which support checks them. The first three answer "is it through?". */
const steps = ["connection", "sessions", "join", "migrations", "work", "rooms", "mails"] as const;

const check = z.object({
  step: z.enum(steps),
  state: z.enum(["good", "bad", "idle"]).describe("idle: there is nothing to look at."),
  findings: z.array(finding),
});
export type Check = z.infer<typeof check>;

const lessonReport = z.object({
  ...lesson.shape,
  status: z.enum(sessionStatuses),
  provider: provider.nullable().describe("What the lesson says."),
  opens: provider.nullable().describe("Where its link leads: what Join would open."),
  hasLink: z.boolean(),
  room: z
    .object({ origin: z.enum(["segue", "manual"]), externalId: z.string().nullable() })
    .nullable()
    .describe("The room in use: made by Segue, or written in by hand."),
  updatedAt: instant,
  problem: finding.nullable(),
});
export type LessonReport = z.infer<typeof lessonReport>;

const waitingRow = z.object({
  meetingId: z.uuid(),
  sessionId: z.uuid(),
  provider,
  waitsFor: z.enum(["room", "time", "deletion", "look"]),
  until: instant
    .nullable()
    .describe("Null: for something other than a date, such as a reconnection."),
  attempts: z.number(),
  error: providerError,
  overdue: z.boolean().describe("Due for minutes, and nobody has seen to it."),
});
export type WaitingRow = z.infer<typeof waitingRow>;

const move = z.object({
  lesson,
  state: z.enum(migrationSessionStates),
  attempts: z.number(),
  nextAttemptAt: instant.nullable(),
  error: providerError,
});

const mail = z.object({
  id: z.uuid(),
  to: z.string(),
  subject: z.string(),
  status: z.enum(["queued", "sent", "failed", "dropped"]),
  reason: z
    .enum(mailReasons)
    .nullable()
    .describe(
      "Why it wasn't sent at the last attempt, or isn't sent any more (`mails.error_code`).",
    ),
  nextAttemptAt: instant.nullable().describe("Of a mail that waits."),
  attempts: z.number(),
  createdAt: instant,
  sentAt: instant.nullable(),
  error: z.string().nullable(),
});

export const tutorReport = z.object({
  tutor: z.object({
    id: z.uuid(),
    name: z.string(),
    email: z.string(),
    isConfirmed: z.boolean().describe("Whether the mailbox of their address has answered."),
  }),
  connection: z
    .object({
      provider,
      status: z.enum(connectionStatuses),
      account: z.string(),
      connectedAt: instant,
      updatedAt: instant,
      error: z.string().nullable(),
      pausedUntil: instant.nullable(),
      failedRefreshes: z.number().describe("How many have failed in a row."),
      refreshError: z.string().nullable(),
    })
    .nullable(),
  events: z.array(connectionEventView).describe("Connects, losses and checks, newest first."),
  checks: z.array(check),
  lessons: z.array(lessonReport).describe("Future ones, soonest first."),
  running: z
    .array(z.object({ id: z.uuid(), title: z.string(), provider: provider.nullable() }))
    .describe("Lessons that have begun and aren't over: a switch leaves them where they are."),
  migrations: z
    .array(
      migrationView.extend({
        by: z.object({ name: z.string(), isTutor: z.boolean() }).describe("Who began it."),
      }),
    )
    .describe("Newest first."),
  moves: z.array(move).describe("Lessons of the newest migration that haven't simply moved."),
  waiting: z.array(waitingRow),
  stranded: z
    .array(
      z.object({
        meetingId: z.uuid(),
        provider,
        externalId: z.string().nullable(),
        startsAt: instant,
      }),
    )
    .describe("Rooms that nobody can delete any more."),
  accounts: z
    .array(
      z.object({
        provider,
        current: z.boolean(),
        looked: z.boolean(),
        detail: z.string().nullable(),
        rooms: z.number(),
        strays: z.number(),
        unknown: z.number(),
      }),
    )
    .describe("What the providers' own lists say; empty where nobody has asked them."),
  mails: z.array(mail).describe("To the tutor and their students, newest first."),
});
export type TutorReport = z.infer<typeof tutorReport>;

export const supportCheck = linkCheck.extend({
  findings: z.array(finding).describe("What the look through the accounts has brought up."),
});
export type SupportCheck = z.infer<typeof supportCheck>;
