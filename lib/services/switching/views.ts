/**
 * What pages and JSON answers consist of. Instants are ISO 8601 in UTC; zones are IANA. They are schemas so
 * that the published description of the API and the tests agree with the types.
 */
import { z } from "zod";
import { operatorKinds, providerErrorCodes } from "#lib/providers/errors.ts";
import { permissions } from "#lib/providers/permissions.ts";
import { providerIds } from "#lib/providers/provider.ts";
import { connectionEventKinds, connectionStatuses } from "#lib/records/grants/rules.ts";
import {
  migrationKinds,
  migrationSessionStates,
  migrationStatuses,
} from "#lib/records/migrations/rules.ts";
import { sessionStatuses } from "#lib/records/sessions/rules.ts";

const provider = z.enum(providerIds);
const instant = z.iso.datetime();

export const connectionView = z
  .object({
    provider,
    label: z.string(),
    status: z.enum(connectionStatuses),
    account: z.object({ email: z.string(), name: z.string().nullable() }),
    connectedAt: instant,
    updatedAt: instant,
    error: z
      .object({ code: z.string(), detail: z.string().nullable() })
      .nullable()
      .describe("Why it needs reconnecting, in the provider's words."),
    pausedUntil: instant
      .nullable()
      .describe("The provider doesn't renew the connection just now; tried again then."),
    operatorTrouble: z
      .enum(operatorKinds)
      .nullable()
      .describe("The provider refuses this Segue as a whole; whoever runs it has been told."),
    tooLong: z
      .object({ minutes: z.number(), count: z.number() })
      .nullable()
      .describe(
        "The provider ends this account's meetings after so long; future lessons that are longer.",
      ),
    missingScopes: z
      .array(z.string())
      .describe("Permissions that Segue needs and the last consent didn't give."),
    missingPermissions: z.array(z.enum(permissions)).describe("What those would let Segue do."),
    lacksPermission: z
      .boolean()
      .describe("The last consent gave too little, or the provider refused a call for that."),
  })
  .describe("A tutor's connection; never a token.");
export type ConnectionView = z.infer<typeof connectionView>;

export interface ProviderView {
  id: z.infer<typeof provider>;
  label: string;
  /** Whether this installation has credentials for it. */
  available: boolean;
  /** Whether its service is a local stand-in, which the page points out. */
  sandbox: boolean;
}

const place = z.object({ provider, url: z.string() }).nullable();

const migrationSessionView = z.object({
  sessionId: z.uuid(),
  subject: z.string(),
  student: z.string(),
  startsAt: instant,
  state: z.enum(migrationSessionStates),
  from: place,
  to: place,
  attempts: z.number(),
  nextAttemptAt: instant.nullable(),
  lessonStatus: z.enum(sessionStatuses),
  since: z
    .enum(["moved", "own_link"])
    .nullable()
    .describe("After this: a newer change moved it, or its tutor gave it a link of their own."),
  enteredOld: z
    .number()
    .describe("People who had entered the room it came from; 0 unless the lesson is open now."),
  error: z.object({ code: z.enum(providerErrorCodes), detail: z.string().nullable() }).nullable(),
});
export type MigrationSessionView = z.infer<typeof migrationSessionView>;

export const migrationView = z.object({
  id: z.uuid(),
  kind: z.enum(migrationKinds),
  isRedo: z.boolean().describe("Whether it is the undo of an undo."),
  status: z.enum(migrationStatuses),
  generation: z.number(),
  from: provider.nullable(),
  to: provider,
  accounts: z
    .object({ from: z.string(), to: z.string() })
    .nullable()
    .describe("Where it went from one account to another of the same provider."),
  total: z.number(),
  moved: z.number(),
  failed: z.number(),
  answeredSince: z
    .number()
    .describe(
      "Of those that failed the ones that a newer change has moved, or whose tutor gave them a link since.",
    ),
  deferred: z.number(),
  skipped: z.number(),
  remaining: z.number().describe("Pending or moving."),
  createdBy: z
    .object({ id: z.uuid(), name: z.string() })
    .nullable()
    .describe("Null for somebody whose name the tutor can't see."),
  createdAt: instant,
  settledAt: instant.nullable(),
  durationMs: z.number().nullable().describe("Until it first came to rest."),
  finishedAt: instant.nullable(),
  waitingUntil: instant.nullable(),
  undoUntil: instant.nullable(),
});
export type MigrationView = z.infer<typeof migrationView>;

export const migrationDetail = migrationView.extend({
  sessions: z.array(migrationSessionView).describe("Soonest lesson first."),
});
export type MigrationDetail = z.infer<typeof migrationDetail>;

export const connectionEventView = z.object({
  id: z.uuid(),
  kind: z.enum(connectionEventKinds),
  provider,
  account: z.string().nullable(),
  checked: z.number().nullable().describe("Of a check: rooms that were asked about."),
  repaired: z.number().nullable().describe("Of a check: rooms that were mended."),
  at: instant,
});
export type ConnectionEventView = z.infer<typeof connectionEventView>;

export interface VideoSetupView {
  connection: ConnectionView | null;
  providers: ProviderView[];
  future: {
    count: number;
    next: { id: string; subject: string; student: string; startsAt: string } | null;
    /** Future lessons that have no room yet. */
    withoutRoom: number;
    /** When the first of those gets one, if the provider takes no more today. */
    roomsFollowAt: string | null;
    /** Future lessons whose room is still at another provider than the connected one. */
    elsewhere: number;
    /** Future lessons at the connected provider whose room asks for a passcode that its link lacks. */
    withPasscode: number;
  };
  /** The newest migration in full. */
  /** The newest migration, if its time to undo isn't over and what it came from can't be used any more. */
  lostUndo: string | null;
  latest: MigrationDetail | null;
  /** If the newest is a retry: the migrations before it, with only the lessons that are still left behind. */
  leftOver: MigrationDetail[];
  /** Newest first, including the latest. */
  history: MigrationView[];
  /** Connects, losses and checks, newest first. */
  events: ConnectionEventView[];
}

export const migrationResult = z.object({
  success: z.boolean().describe("No lesson failed."),
  migrationId: z.uuid().nullable().describe("Null where there was no lesson to move."),
  provider,
  total: z.number(),
  migrated: z.number(),
  failed: z.number(),
  deferred: z.number(),
  running: z.boolean().describe("The rest goes on in the background."),
  sessions: z.array(
    z.object({
      id: z.uuid(),
      status: z.enum(migrationSessionStates),
      error: z.string().nullable(),
    }),
  ),
});
export type MigrationResult = z.infer<typeof migrationResult>;
