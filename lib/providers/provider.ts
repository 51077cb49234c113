/**
 * What Segue needs from a video provider. A provider knows HTTP and its own vocabulary; it knows no table, no
 * lesson and no migration. Every method except `authorizationUrl` is limited in time (`CALL_TIMEOUT_MS`) and
 * fails only with a `ProviderError`.
 */
import type { PermissionsByScope } from "#lib/providers/permissions.ts";

export const providerIds = ["google_meet", "zoom"] as const;
export type ProviderId = (typeof providerIds)[number];

/** The account at the provider that has given consent. */
export interface ProviderAccount {
  /** The stable id of the user at the provider (Google `sub`, Zoom `id`). */
  userId: string;
  email: string;
  name: string | null;
  /** The organisation whose limits per second the user shares (Zoom `account_id`). */
  organisationId: string | null;
  /** Known only right after it was asked for, and only where the provider has licences. */
  licence?: Licence | null;
}

/** What the user's own licence allows; the organisation's plan says nothing about one user. */
export const licences = ["basic", "licensed"] as const;
export type Licence = (typeof licences)[number];

export interface TokenSet {
  accessToken: string;
  /** Null where the answer has none (Google's refresh): the stored one stays valid. */
  refreshToken: string | null;
  expiresAt: Date;
  /** The granted scopes, which may be fewer than were requested. */
  scopes: string[];
  /** Google's id_token; `account` reads it. */
  idToken: string | null;
}

/** What a caller needs of a grant to make calls. Nothing in it is to be stored. */
export interface GrantAccess {
  accessToken: string;
  account: ProviderAccount;
  /** Called with the price plan that an answer revealed, in the words of `Budget.limits`. */
  sawPlan?: (plan: string) => void;
  /** Called with how many entries of a list couldn't be read. They were left out. */
  sawUnreadable?: (entries: number) => void;
}

export interface MeetingTimes {
  title: string;
  startsAt: Date;
  durationMinutes: number;
  /** The host's IANA time zone, for the provider's own display. */
  timeZone: string;
}

export interface MeetingRequest extends MeetingTimes {
  /** Our own key, unique for every meeting ever requested; `[a-v0-9]{26}`. */
  key: string;
  /** Tells this installation's meetings from those of another installation on the same account. */
  installationId: string;
}

/** A meeting at the provider that carries our mark. */
export interface MarkedMeeting {
  externalId: string;
  /** The key that it was created under. */
  key: string;
  /**
   * When it was created by the provider's clock. Null where the mark alone shows that nobody has copied the
   * meeting.
   */
  createdAt: Date | null;
}

/** What one page of a list shows. `next`: where the list goes on; null where this was its end. */
export interface Page<T> {
  here: T;
  next: string | null;
}

/** All that people need to get into a room. */
export interface WayIn {
  joinUrl: string;
  /**
   * What they type in besides following the link; null: nothing. Undefined where an answer doesn't say, which
   * changes nothing of what is known.
   */
  passcode: string | null | undefined;
}

/** `pending`: the meeting exists but its link doesn't yet; ask again with `getMeeting`. */
export type Meeting =
  | ({
      state: "ready";
      externalId: string;
      /** Null: its host has made it one without a fixed time. */
      startsAt: Date | null;
      title: string;
    } & WayIn)
  | { state: "pending"; externalId: string };

/** What a provider reports of a room unasked. What is left out hasn't changed. */
export interface SaidOfRoom {
  title: string | undefined;
  startsAt: Date | undefined;
  durationMinutes: number | undefined;
}

/**
 * What a call does, as far as limits distinguish it: one kind for each method below that needs a grant. A repair is an
 * update that tells a room once more what it was told.
 */
export type CallKind =
  | "create"
  | "find"
  | "get"
  | "update"
  | "repair"
  | "delete"
  | "host_link"
  | "licence";

/** A limit as the provider publishes it, or one of our own. The code that counts decides how far to stay below it. */
export interface Limit {
  /** Unique within the provider and stable, because counts are stored under it. */
  name: string;
  /** Who shares the limit. `project`: everybody who calls with our credentials. */
  per: "user" | "organisation" | "project";
  window: "second" | "minute" | "utc_day";
  calls: number;
  /** Calls go one after the other at an even pace, never several at once. */
  evenly?: boolean;
  /** The part of `calls` that is reserved for lessons that would otherwise have no room or a wrong one. */
  reserved?: number;
  /** What one call of each kind costs of the limit. A kind that isn't listed doesn't count. */
  costs: Readonly<Partial<Record<CallKind, number>>>;
}

export interface Budget {
  /** How many calls may be in flight for one tutor at a time. */
  concurrency: number;
  /** The longest title that the provider accepts, in characters. */
  titleLength: number;
  /** The limits of an organisation on this price plan; null: the plan isn't known yet. */
  limits(plan: string | null): readonly Limit[];
  /**
   * Minutes after which the provider ends a meeting of a user with this licence, or of that plan where the
   * licence isn't known; null: it doesn't end one within a day.
   */
  longestMinutes(plan: string | null, licence: Licence | null): number | null;
}

export interface VideoProvider {
  readonly id: ProviderId;
  /** The name that people know it by. */
  readonly label: string;
  readonly budget: Budget;
  readonly requiredScopes: readonly string[];
  /** The same scopes, each with what it lets Segue do. */
  readonly permissions: PermissionsByScope;
  /**
   * Seconds after a lost answer at which to search for the meeting before it is created again. Empty where a
   * repeated create finds the first meeting by its key.
   */
  readonly lookupDelays: readonly number[];
  /** A consent for the same account by another tutor would void the first tutor's tokens. */
  readonly oneGrantPerAccount: boolean;
  /** Revoking one token ends every grant of its account for our client, whoever gave the consent. */
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
  /**
   * @throws ProviderError `grant_revoked` when the provider says that the refresh token is dead; the caller
   * re-reads the grant before it believes that
   */
  refresh(refreshToken: string): Promise<TokenSet>;
  /** Idempotent: a token that is already dead is no error. */
  revoke(token: string): Promise<void>;
  account(tokens: TokenSet): Promise<ProviderAccount>;
  /**
   * Returns once the provider has answered a request without a token, which it refuses. It counts for no account's limits.
   * @throws ProviderError where it didn't answer, or with 5xx
   */
  reach(): Promise<void>;

  /**
   * Must not be repeated blindly after `outcome_unknown`: call `findMeeting` first. `keySpent` on the error
   * says that the next attempt needs another key.
   */
  createMeeting(grant: GrantAccess, request: MeetingRequest): Promise<Meeting>;
  /**
   * The existing meeting that was created under this key, or null, which says that there is none only where nothing is
   * `next`. Reads one page, at the place that the page before named (null: the first).
   */
  findMeeting(
    grant: GrantAccess,
    of: { key: string; installationId: string },
    place: string | null,
  ): Promise<Page<Meeting | null>>;
  /**
   * On this page of the account's meetings: those that carry this installation's mark and start at `from` or later, or
   * at a time that couldn't be read. The same meeting may stand on several pages.
   */
  listMarked(
    grant: GrantAccess,
    of: { installationId: string; from: Date },
    place: string | null,
  ): Promise<Page<MarkedMeeting[]>>;
  /** @throws ProviderError `gone` when the meeting was deleted or never existed */
  getMeeting(grant: GrantAccess, externalId: string): Promise<Meeting>;
  /**
   * Idempotent. @returns the meeting as the provider gives it back; null where that couldn't be read
   * @throws ProviderError `gone` when there is nothing to update; `outcome_unknown` where it may be made, and the
   * provider counts it: then look at the meeting before it is told again
   */
  updateMeeting(
    grant: GrantAccess,
    externalId: string,
    times: MeetingTimes,
  ): Promise<Meeting | null>;
  /**
   * Idempotent.
   * @throws ProviderError `gone` when the meeting had been deleted, `in_progress` while people are inside
   */
  deleteMeeting(grant: GrantAccess, externalId: string): Promise<void>;
  /** Null at a provider that has no licences. */
  readonly licence: ((grant: GrantAccess) => Promise<Licence | null>) | null;
  /** The link by which the host enters; a short-lived secret that is never stored. */
  hostLink(grant: GrantAccess, meeting: { externalId: string; joinUrl: string }): Promise<string>;
}
