/**
 * What Segue asks of a video provider. A provider knows HTTP and its own vocabulary; it knows no
 * table, no session and no migration. Every method but `authorizationUrl` is one exchange with the
 * provider, bounded in time (`CALL_TIMEOUT_MS`), and fails with a `ProviderError` only.
 */
export const providerIds = ["google_meet", "zoom"] as const;
export type ProviderId = (typeof providerIds)[number];

/** One exchange takes no longer; leases on ledger rows and refreshes are longer than this. */
export const CALL_TIMEOUT_MS = 7_000;

/** The account at the provider that consented. */
export interface ProviderAccount {
  /** Stable id of the user at the provider (Google `sub`, Zoom `id`). */
  userId: string;
  email: string;
  name: string | null;
  /** The organisation whose per-second limits the user shares (Zoom `account_id`). */
  organisationId: string | null;
}

export interface TokenSet {
  accessToken: string;
  /** Null where the answer carries none (Google's refresh): the one we hold stays good. */
  refreshToken: string | null;
  expiresAt: Date;
  /** What was granted, which may be less than what was asked for. */
  scopes: string[];
  /** Google's id_token; `account` reads it. */
  idToken: string | null;
}

/** A living grant in the hand of a caller: enough to make calls with, nothing to store. */
export interface GrantAccess {
  accessToken: string;
  account: ProviderAccount;
  /** Told of the plan that an answer gave away, in the words of `Budget.limits`. */
  sawPlan?: (plan: string) => void;
}

export interface MeetingTimes {
  title: string;
  startsAt: Date;
  durationMinutes: number;
  /** IANA zone of the host, for the provider's own display. */
  timeZone: string;
}

export interface MeetingRequest extends MeetingTimes {
  /** Ours, unique for every meeting ever asked for; `[a-v0-9]{26}`. */
  key: string;
  /** Tells this installation's meetings from those of another on the same account. */
  installationId: string;
}

/** A meeting at the provider that carries our mark. */
export interface MarkedMeeting {
  externalId: string;
  /** The key that it was made under. */
  key: string;
  /** When it was made by the provider's clock; null where the provider lets nobody copy our mark. */
  createdAt: Date | null;
}

/** `pending`: the meeting exists, its link doesn't yet; ask again with `getMeeting`. */
export type Meeting =
  | { state: "ready"; externalId: string; joinUrl: string; startsAt: Date; title: string }
  | { state: "pending"; externalId: string };

/** What a call does, as limits tell them apart: one kind for each method below that asks about meetings. */
export type CallKind = "create" | "find" | "get" | "update" | "delete" | "host_link";

/** A limit as the provider publishes it; how far we stay below is for whoever counts. */
export interface Limit {
  /** Unique within the provider, and stable: counts are kept under it. */
  name: string;
  /** Who shares it. `project`: everybody who calls with our credentials. */
  per: "user" | "organisation" | "project";
  window: "second" | "minute" | "utc_day";
  calls: number;
  /** Of `calls`, left to lessons that would have no room, or a wrong one, without them. */
  reserved?: number;
  /** What one call of each kind takes of it; a kind that isn't named doesn't count. */
  costs: Readonly<Partial<Record<CallKind, number>>>;
}

export interface Budget {
  /** Calls in flight for one tutor at a time. */
  concurrency: number;
  /** Longest title the provider takes, in characters. */
  titleLength: number;
  /** Of an organisation on this plan; null: nothing was learnt of it yet. */
  limits(plan: string | null): readonly Limit[];
  /** After which a meeting of that plan is ended by the provider; null: not within a day. */
  longestMinutes(plan: string | null): number | null;
}

export interface VideoProvider {
  readonly id: ProviderId;
  /** The name people know it by. */
  readonly label: string;
  readonly budget: Budget;
  readonly requiredScopes: readonly string[];
  /**
   * Seconds after a lost answer at which to look for the meeting before it is created again. Empty:
   * a repeated create finds the first one by its key.
   */
  readonly lookupDelays: readonly number[];
  /** A consent for the same account by another tutor would void the first one's tokens. */
  readonly oneGrantPerAccount: boolean;
  /** Revoking one token ends every grant of its account for our client, whoever consented. */
  readonly revokesWholeAccount: boolean;

  authorizationUrl(input: {
    state: string;
    /** S256 of the PKCE verifier. */
    codeChallenge: string;
    redirectUri: string;
    loginHint?: string;
  }): URL;
  exchangeCode(input: {
    code: string;
    codeVerifier: string;
    redirectUri: string;
  }): Promise<TokenSet>;
  /** `grant_revoked` when the provider says the refresh token is dead; the caller re-reads before it believes that. */
  refresh(refreshToken: string): Promise<TokenSet>;
  /** Idempotent: an already dead token is no error. */
  revoke(token: string): Promise<void>;
  account(tokens: TokenSet): Promise<ProviderAccount>;

  /**
   * Not to be repeated blindly after `outcome_unknown`: call `findMeeting` first.
   * `keySpent` on the error says that the next try needs another key.
   */
  createMeeting(grant: GrantAccess, request: MeetingRequest): Promise<Meeting>;
  /** The living meeting made under this key, or null. */
  findMeeting(
    grant: GrantAccess,
    of: { key: string; installationId: string },
  ): Promise<Meeting | null>;
  /**
   * Every living meeting of the account that carries this installation's mark and begins at `from` or
   * later, or at no time that could be read; in no particular order.
   */
  listMarked(
    grant: GrantAccess,
    of: { installationId: string; from: Date },
  ): Promise<MarkedMeeting[]>;
  /** `gone` when it was deleted or never was. */
  getMeeting(grant: GrantAccess, externalId: string): Promise<Meeting>;
  /** Idempotent. `gone` when there is nothing to update. */
  updateMeeting(grant: GrantAccess, externalId: string, times: MeetingTimes): Promise<void>;
  /** Idempotent. `gone` when it had been deleted; `in_progress` while people are inside. */
  deleteMeeting(grant: GrantAccess, externalId: string): Promise<void>;
  /** The host's own way in; a secret of short life, never stored. */
  hostLink(grant: GrantAccess, meeting: { externalId: string; joinUrl: string }): Promise<string>;
}
