/**
 * The one closed vocabulary for what can go wrong at a video provider, and the one table that says what each
 * code means for the call at hand:
 *
 * - `wait`      try again later, with backoff or at the time that the provider named
 * - `reconnect` the grant can't be used any more; stop this tutor's calls until they consent again
 * - `permanent` the same request will be refused again; fail this one meeting and go on with the others
 * - `done`      there is nothing left to do for this key or meeting
 *
 * `refused` is a refusal that nobody here knows: it may pass, so only one that lasts is taken for `invalid_request`.
 */
export const errorClasses = {
  rate_limited: "wait",
  daily_limit: "wait",
  unavailable: "wait",
  timeout: "wait",
  in_progress: "wait",
  outcome_unknown: "wait",
  refused: "wait",
  client_refused: "wait",
  api_disabled: "wait",
  grant_revoked: "reconnect",
  scope_missing: "reconnect",
  account_gone: "reconnect",
  invalid_request: "permanent",
  not_supported: "permanent",
  not_allowed: "permanent",
  gone: "done",
  duplicate: "done",
} as const satisfies Record<string, "wait" | "reconnect" | "permanent" | "done">;

/**
 * What whoever runs the installation has to know of a provider: it refuses the installation's registration, its API isn't
 * enabled there, or it answers nobody. It says nothing about any tutor's grant, and is over by itself once it is mended.
 */
export const operatorKinds = ["client_refused", "api_disabled", "unreachable"] as const;
export type OperatorKind = (typeof operatorKinds)[number];

export type ProviderErrorCode = keyof typeof errorClasses;
export type ProviderErrorClass = (typeof errorClasses)[ProviderErrorCode];
export const providerErrorCodes = Object.keys(errorClasses) as ProviderErrorCode[];

export interface ProviderErrorDetails {
  /** When the provider asks us to try again; from `Retry-After` in either of its forms. */
  retryAt?: Date;
  /** The limit that was met is one of the account's organisation, by what the answer says. */
  ofOrganisation?: boolean;
  /** The limit by the day that the answer speaks of, by its name; null: none of those we count. Undefined: it doesn't say. */
  ofLimit?: string | null | undefined;
  /** As many calls as the account was ever seen to take at once were under way. Any other would have been refused, too. */
  oneTooMany?: boolean;
  /** The HTTP status, where there was an answer. */
  status?: number;
  /** The access token was refused, so one refresh may solve the problem. */
  accessTokenRefused?: boolean;
  /** The key can't be used again, so the next attempt needs a new ledger row. */
  keySpent?: boolean;
  /** External id of an orphan: something of ours that is left unused at the provider and must be deleted. */
  leftover?: string;
  /** The provider's own explanation, shortened. People are shown it as a quotation; see `providerWords`. */
  said?: string | null;
  /** For whoever runs the installation: the provider's page on which this is mended. */
  helpUrl?: string | null;
  cause?: unknown;
}

/** Every failure of a provider call leaves `lib/providers` as a ProviderError and as nothing else. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
  readonly code: ProviderErrorCode;
  readonly retryAt: Date | undefined;
  readonly ofOrganisation: boolean;
  readonly ofLimit: string | null | undefined;
  readonly oneTooMany: boolean;
  readonly status: number | undefined;
  readonly accessTokenRefused: boolean;
  readonly keySpent: boolean;
  readonly leftover: string | undefined;
  readonly said: string | null;
  readonly helpUrl: string | null;

  /** `message` is for logs, and never contains a token or a link. */
  constructor(code: ProviderErrorCode, message: string, details: ProviderErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.retryAt = details.retryAt;
    this.ofOrganisation = details.ofOrganisation ?? false;
    this.ofLimit = details.ofLimit;
    this.oneTooMany = details.oneTooMany ?? false;
    this.status = details.status;
    this.accessTokenRefused = details.accessTokenRefused ?? false;
    this.keySpent = details.keySpent ?? false;
    this.leftover = details.leftover;
    this.said = details.said || null;
    this.helpUrl = details.helpUrl ?? null;
  }

  get class(): ProviderErrorClass {
    return errorClasses[this.code];
  }

  /** The same error, of which something more is known. */
  with(known: ProviderErrorDetails): ProviderError {
    const same = new ProviderError(this.code, this.message, { ...this, ...known });
    same.stack = this.stack;
    same.cause = this.cause;
    return same;
  }

  /** Set if the installation's operator has to mend it. */
  get operatorKind(): OperatorKind | null {
    return operatorKinds.find((kind) => kind === this.code) ?? null;
  }

  /**
   * Compares names, because the web build bundles this file twice: once for the start-up, which creates the
   * providers, and once for the routes, which catch their errors. Those are two classes with one name.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "ProviderError";
  }
}

/** @returns how to make the errors that one answer means: what the provider said in it is quoted by all */
export const answeredWith =
  (provider: string, status: number, said: string) =>
  (code: ProviderErrorCode, details: ProviderErrorDetails = {}): ProviderError =>
    new ProviderError(code, said || `${provider} answered ${status}`, {
      status,
      said,
      ...details,
    });

/** For calls where "it isn't there" is an answer and not an error. */
export async function nullWhenGone<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ProviderError && error.code === "gone") return null;
    throw error;
  }
}
