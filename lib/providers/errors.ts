/**
 * The one closed vocabulary for what can go wrong at a video provider, and the one table that says
 * what it means for the work in hand:
 *
 * - `wait`      try again later, with backoff or at the moment the provider named
 * - `reconnect` the grant is of no use any more; stop this tutor's calls until they consent again
 * - `permanent` the same request will be refused again; fail this one meeting, go on with the others
 * - `done`      there is nothing left to do for this key or meeting
 */
export const errorClasses = {
  rate_limited: "wait",
  daily_limit: "wait",
  unavailable: "wait",
  timeout: "wait",
  in_progress: "wait",
  outcome_unknown: "wait",
  grant_revoked: "reconnect",
  scope_missing: "reconnect",
  account_gone: "reconnect",
  invalid_request: "permanent",
  not_supported: "permanent",
  not_allowed: "permanent",
  gone: "done",
  duplicate: "done",
} as const satisfies Record<string, "wait" | "reconnect" | "permanent" | "done">;

export type ProviderErrorCode = keyof typeof errorClasses;
export type ProviderErrorClass = (typeof errorClasses)[ProviderErrorCode];
export const providerErrorCodes = Object.keys(errorClasses) as ProviderErrorCode[];

export interface ProviderErrorDetails {
  /** The moment the provider asks us to wait for; from `Retry-After` in either of its forms. */
  retryAt?: Date;
  /** HTTP status, where there was an answer. */
  status?: number;
  /** The access token was refused: one refresh may cure it. */
  accessTokenRefused?: boolean;
  /** The key can't be used again: the next try needs a new ledger row. */
  keySpent?: boolean;
  /** External id of something of ours that stays at the provider without use: to be deleted. */
  leftover?: string;
  cause?: unknown;
}

/** Every failure of a provider call leaves `lib/providers` as one of these and as nothing else. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
  readonly code: ProviderErrorCode;
  readonly retryAt: Date | undefined;
  readonly status: number | undefined;
  readonly accessTokenRefused: boolean;
  readonly keySpent: boolean;
  readonly leftover: string | undefined;

  /** `words`: the provider's own explanation, shortened, never with a token or a link in it. */
  constructor(code: ProviderErrorCode, words: string, details: ProviderErrorDetails = {}) {
    super(words, { cause: details.cause });
    this.code = code;
    this.retryAt = details.retryAt;
    this.status = details.status;
    this.accessTokenRefused = details.accessTokenRefused ?? false;
    this.keySpent = details.keySpent ?? false;
    this.leftover = details.leftover;
  }

  get class(): ProviderErrorClass {
    return errorClasses[this.code];
  }

  /**
   * By name: the web build bundles this file once for the start-up, which makes the providers, and
   * once for the routes, which catch their errors; those are two classes of one name.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "ProviderError";
  }
}

/** For questions to which "it is not there" is an answer. */
export async function nullWhenGone<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ProviderError && error.code === "gone") return null;
    throw error;
  }
}
