/**
 * Leads to a provider's consent page and back. The state can be used once, lives ten minutes, and is bound to
 * the browser's sign-in; PKCE binds the code to it.
 */
import { addMinutes } from "#lib/platform/clock.ts";
import { decrypt, encrypt, randomToken, sha256 } from "#lib/platform/crypto.ts";
import { asService } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import type {
  ProviderAccount,
  ProviderId,
  TokenSet,
  VideoProvider,
} from "#lib/providers/provider.ts";
import { insertAttempt, takeAttempt } from "#lib/records/grants/queries/attempts.ts";
import { connectionOf } from "#lib/records/grants/queries.ts";
import type { Migration } from "#lib/records/migrations/rules.ts";
import { resolveTrouble } from "#lib/records/operator/queries.ts";
import { personById } from "#lib/records/people/queries.ts";
import { noticeOperatorTrouble } from "#lib/services/calls/operatorTroubles.ts";
import { admit } from "#lib/services/verb/admit.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { awaitMigration } from "./awaitMigration.ts";
import { type Consent, connectProvider } from "./connectProvider.ts";
import { afterLostConsent, giveBackUnlessStored, keepLesserConsent } from "./keepConsent.ts";
import type { MigrationResult } from "./views.ts";

const ATTEMPT_MINUTES = 10;
const ACCOUNT_TRIES = 3;
const ACCOUNT_PAUSE_MS = 500;
const STORE_TRIES = 3;
const STORE_PAUSE_MS = 200;

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

/** Who is asking: the person, and the sign-in (not the page) from which they ask. */
export interface Visit {
  personId: string;
  browserSessionId: string;
}

/** @returns the address of the provider's consent page */
export async function beginAuthorization(
  ctx: Context,
  visit: Visit,
  provider: ProviderId,
  redirectUri: string,
): Promise<URL> {
  if (!ctx.providers.has(provider)) throw new ConnectFailed("not_configured");
  const state = randomToken();
  const codeVerifier = randomToken();
  const now = ctx.clock();
  const stateHash = sha256(state);
  const connection = await asService(ctx.db, async (trx) => {
    const person = await personById(trx, visit.personId);
    const present = await connectionOf(trx, visit.personId);
    // Whoever was connected before anybody was asked to confirm goes on reconnecting and switching.
    if (!person?.confirmed_at && !present) throw new ConnectFailed("address_unconfirmed");
    await admit(ctx, trx, "consent", visit.personId);
    await insertAttempt(
      trx,
      {
        state_hash: stateHash,
        person_id: visit.personId,
        browser_session_id: visit.browserSessionId,
        provider,
        code_verifier_encrypted: encrypt(ctx.config.tokenKeys, codeVerifier, stateHash),
        expires_at: addMinutes(now, ATTEMPT_MINUTES),
      },
      now,
    );
    return present;
  });
  return ctx.providers.get(provider).authorizationUrl({
    state,
    codeChallenge: sha256(codeVerifier),
    redirectUri,
    ...(connection?.provider === provider && { loginHint: connection.account_email }),
  });
}

/**
 * Handles the callback: it checks state, exchange, scopes and account, then stores the connection and what
 * follows from it.
 * @returns the migration that it started; null if nothing had to move
 * @throws ConnectFailed; all links are untouched then, and so is the previous connection, unless the code says
 * otherwise
 */
export async function completeAuthorization(
  ctx: Context,
  visit: Visit,
  back: { provider: ProviderId; params: URLSearchParams; redirectUri: string },
): Promise<MigrationResult | null> {
  const { provider: id, params, redirectUri } = back;
  const attempt = await takeOwnAttempt(ctx, visit, id, params.get("state"));
  const error = params.get("error");
  if (error)
    throw new ConnectFailed(error === "access_denied" ? "access_denied" : "exchange_failed");
  const code = params.get("code");
  if (!code) throw new ConnectFailed("exchange_failed");

  try {
    const provider = ctx.providers.get(id);
    const askedAt = ctx.clock();
    const tokens = await exchangeCode(ctx, visit, attempt, { provider, code, redirectUri });
    const account = await accountOf(ctx, provider, tokens).catch((error) =>
      whoseIsUnknown(ctx, visit, id, tokens, error),
    );
    const consent = { tutorId: visit.personId, provider: id, account, tokens, askedAt };
    if (provider.requiredScopes.some((scope) => !tokens.scopes.includes(scope))) {
      await forSure(ctx, consent, () => keepLesserConsent(ctx, consent));
      throw new ConnectFailed("scope_missing");
    }
    const { migration } = await forSure(ctx, consent, () => connectProvider(ctx, consent));
    return migration && (await followMigration(ctx, migration));
  } catch (failure) {
    throw asConnectFailed(failure);
  }
}

type Attempt = Awaited<ReturnType<typeof takeOwnAttempt>>;

/** Trades the code for tokens. Where nobody knows whether that was done, the tutor's own grants are looked at. */
async function exchangeCode(
  ctx: Context,
  visit: Visit,
  attempt: Attempt,
  asked: { provider: VideoProvider; code: string; redirectUri: string },
): Promise<TokenSet> {
  const { provider, code, redirectUri } = asked;
  const codeVerifier = decrypt(
    ctx.config.tokenKeys,
    attempt.code_verifier_encrypted,
    attempt.state_hash,
  );
  let tokens: TokenSet;
  try {
    tokens = await provider.exchangeCode({ code, codeVerifier, redirectUri });
  } catch (error) {
    await noticeOperatorTrouble(ctx, provider.id, error);
    if (mayHaveBeenDone(error)) return whoseIsUnknown(ctx, visit, provider.id, null, error);
    throw error;
  }
  await asService(ctx.db, (trx) => resolveTrouble(trx, provider.id, "client_refused", ctx.clock()));
  return tokens;
}

/** No answer came after the request had left, or a success that nobody can read. */
const mayHaveBeenDone = (error: unknown): boolean =>
  error instanceof ProviderError &&
  (error.code === "timeout" ||
    (error.status !== undefined && (error.status < 400 || error.status >= 500)));

/** @throws ConnectFailed or the error: what is said about the previous connection has been looked up */
async function whoseIsUnknown(
  ctx: Context,
  visit: Visit,
  provider: ProviderId,
  tokens: TokenSet | null,
  error: unknown,
): Promise<never> {
  const tutorId = visit.personId;
  const areAlive = await afterLostConsent(ctx, { tutorId, provider, tokens });
  throw areAlive ? error : new ConnectFailed("consent_lost", error);
}

/** The consent may have ended the tokens in use, so a fault of ours is no reason to lose these. */
async function forSure<T>(ctx: Context, consent: Consent, store: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await store();
    } catch (error) {
      if (error instanceof ProviderError || error instanceof Refusal) throw error;
      if (tries >= STORE_TRIES) {
        await giveBackUnlessStored(ctx, consent);
        throw error;
      }
      await ctx.sleep(STORE_PAUSE_MS);
    }
  }
}

/** The switch is committed by now, so an error while following it must not make the consent fail. */
async function followMigration(ctx: Context, migration: Migration): Promise<MigrationResult> {
  const { id, tutor_id: tutorId, to_provider: provider, total } = migration;
  try {
    return await awaitMigration(ctx, id);
  } catch (error) {
    ctx.log.error({ tutorId, migrationId: id, err: error }, "A switch couldn't be followed");
    const counts = { total, migrated: 0, failed: 0, deferred: 0 };
    return { success: true, migrationId: id, provider, ...counts, running: true, sessions: [] };
  }
}

/**
 * The consent may have voided the tokens in use by now, so a passing error is retried before the consent is
 * given up.
 */
async function accountOf(
  ctx: Context,
  provider: VideoProvider,
  tokens: TokenSet,
): Promise<ProviderAccount> {
  for (let tries = 1; ; tries++) {
    try {
      return await provider.account(tokens);
    } catch (error) {
      const passes = error instanceof ProviderError && error.class === "wait";
      if (!passes || tries >= ACCOUNT_TRIES) throw error;
      await ctx.sleep(ACCOUNT_PAUSE_MS);
    }
  }
}

async function takeOwnAttempt(
  ctx: Context,
  visit: Visit,
  provider: ProviderId,
  state: string | null,
) {
  const attempt = state
    ? await asService(ctx.db, (trx) => takeAttempt(trx, sha256(state)))
    : undefined;
  const isOwn =
    attempt?.person_id === visit.personId &&
    attempt.browser_session_id === visit.browserSessionId &&
    attempt.provider === provider;
  if (!attempt || !isOwn) throw new ConnectFailed("state_mismatch");
  if (attempt.expires_at <= ctx.clock()) throw new ConnectFailed("state_expired");
  return attempt;
}

function asConnectFailed(failure: unknown): ConnectFailed {
  if (failure instanceof ConnectFailed) return failure;
  if (failure instanceof Refusal && failure.code === "account_in_use") {
    return new ConnectFailed("account_in_use", failure);
  }
  if (failure instanceof ProviderError) {
    // Only whoever runs the installation can mend that, so "try again in a few minutes" wouldn't be true.
    const isPassing = failure.class === "wait" && !failure.operatorKind;
    if (failure.code === "scope_missing") return new ConnectFailed("scope_missing", failure);
    return new ConnectFailed(isPassing ? "provider_unavailable" : "exchange_failed", failure);
  }
  // The fault is ours or the database's (two tutors may connect one account at the same moment): nothing was
  // stored.
  return new ConnectFailed("exchange_failed", failure);
}
