/** Why a consent failed: `?error=` on the video-setup page, which has a text for each. */
export const connectErrors = [
  "access_denied",
  "state_expired",
  "state_mismatch",
  "scope_missing",
  "consent_lost",
  "account_in_use",
  "provider_unavailable",
  "exchange_failed",
  "was_interrupted",
  "not_configured",
  "not_signed_in",
  "address_unconfirmed",
] as const;
export type ConnectError = (typeof connectErrors)[number];

export class ConnectFailed extends Error {
  override readonly name = "ConnectFailed";
  readonly code: ConnectError;
  constructor(code: ConnectError, cause?: unknown) {
    super(code, { cause });
    this.code = code;
  }
}
