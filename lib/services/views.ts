/** What pages and JSON answers are made of. Instants are ISO 8601 in UTC; zones are IANA. */
import type { ProviderErrorCode } from "#lib/providers/errors.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import type { BookingStatus } from "#lib/records/bookings/rules.ts";
import type { ConnectionStatus } from "#lib/records/grants/rules.ts";
import type {
  MigrationKind,
  MigrationSessionState,
  MigrationStatus,
} from "#lib/records/migrations/rules.ts";
import type { SessionStatus } from "#lib/records/sessions/rules.ts";

export interface Participant {
  id: string;
  name: string;
  timeZone: string;
}

/**
 * ready: the lesson has a room. preparing: one is being made, or will be as soon as that works.
 * waiting: nobody can make one until the tutor (re)connects a provider. failed: the provider refused.
 * over: cancelled or past, no room needed.
 */
export type LinkState = "ready" | "preparing" | "waiting" | "failed" | "over";

export interface SessionView {
  id: string;
  bookingId: string;
  status: SessionStatus;
  /** Where it happens now; null until the first room is there. */
  provider: ProviderId | null;
  scheduledStartAt: string;
  scheduledEndAt: string;
  durationMinutes: number;
  subject: string;
  tutor: Participant;
  student: Participant;
  /** Ours, the same for the life of the lesson; never the provider's. */
  joinUrl: string;
  /** From when on Join opens. */
  opensAt: string;
  linkState: LinkState;
  /** For the tutor only: the room at the provider itself. */
  room?: { provider: ProviderId; externalId: string; url: string; createdAt: string } | null;
}

export interface BookingView {
  id: string;
  status: BookingStatus;
  subject: string;
  startsAt: string;
  durationMinutes: number;
  /** The zone in which "weekly at the same time" is meant. */
  timeZone: string;
  repeatWeekly: number;
  tutor: Participant;
  student: Participant;
  createdAt: string;
  /** Starts of all its lessons. */
  lessonStarts: string[];
}

export interface TutorView {
  id: string;
  name: string;
  timeZone: string;
}

/** A tutor's connection; never a token. */
export interface ConnectionView {
  provider: ProviderId;
  label: string;
  status: ConnectionStatus;
  account: { email: string; name: string | null };
  connectedAt: string;
  updatedAt: string;
  /** Why it needs reconnecting, in the provider's words. */
  error: { code: string; detail: string | null } | null;
}

export interface ProviderView {
  id: ProviderId;
  label: string;
  /** Whether this installation has credentials for it. */
  available: boolean;
  /** Its service is a local stand-in; the page says so. */
  sandbox: boolean;
}

export interface MigrationSessionView {
  sessionId: string;
  subject: string;
  student: string;
  startsAt: string;
  state: MigrationSessionState;
  from: { provider: ProviderId; url: string } | null;
  to: { provider: ProviderId; url: string } | null;
  attempts: number;
  nextAttemptAt: string | null;
  error: { code: ProviderErrorCode; detail: string | null } | null;
}

export interface MigrationView {
  id: string;
  kind: MigrationKind;
  status: MigrationStatus;
  generation: number;
  from: ProviderId | null;
  to: ProviderId;
  total: number;
  moved: number;
  failed: number;
  deferred: number;
  skipped: number;
  /** pending + moving */
  remaining: number;
  createdAt: string;
  settledAt: string | null;
  finishedAt: string | null;
  waitingUntil: string | null;
  undoUntil: string | null;
}

export interface MigrationDetail extends MigrationView {
  /** Soonest lesson first. */
  sessions: MigrationSessionView[];
}

export interface VideoSetupView {
  connection: ConnectionView | null;
  providers: ProviderView[];
  future: {
    count: number;
    next: { id: string; subject: string; student: string; startsAt: string } | null;
    /** Future lessons that have no room yet. */
    withoutRoom: number;
    /** Future lessons whose room is still at another provider than the connected one. */
    elsewhere: number;
  };
  /** The newest one, whole. */
  latest: MigrationDetail | null;
  /** Newest first, the latest included. */
  history: MigrationView[];
}

/** Fields as `POST /api/sessions/migrate-provider` answers them. */
export interface MigrationResult {
  success: boolean;
  migrationId: string | null;
  provider: ProviderId;
  total: number;
  migrated: number;
  failed: number;
  deferred: number;
  /** Still running: the rest goes on in the background. */
  running: boolean;
  sessions: { id: string; status: MigrationSessionState; error: string | null }[];
}
