/**
 * Leads to a provider's consent page and back. The state can be used once, lives ten minutes, and is bound to
 * the browser's sign-in; PKCE binds the code to it. When it comes again, it is answered like its first use.
 */
import { addMinutes } from "#lib/platform/clock.ts";
import { decrypt, encrypt, randomToken, sha256 } from "#lib/platform/crypto.ts";
import { asService } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import { missingScopes } from "#lib/providers/permissions.ts";
import type {
  ProviderAccount,
  ProviderId,
  TokenSet,
  VideoProvider,
} from "#lib/providers/provider.ts";
import { insertAttempt, takeAttempt } from "#lib/records/grants/queries/attempts.ts";
import { connectionOf } from "#lib/records/grants/queries.ts";
import { resolveTrouble } from "#lib/records/operator/queries.ts";
import { personById } from "#lib/records/people/queries.ts";
import { noticeOperatorTrouble } from "#lib/services/calls/operatorTroubles.ts";
import { admit } from "#lib/services/verb/admit.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { ConnectFailed } from "./connectErrors.ts";
import { type Consent, connectProvider } from "./connectProvider.ts";
import { answerOf, type ConsentResult, keepConnected, keepFailed } from "./consentOutcome.ts";
import { afterLostConsent, keepLesserConsent, keepUnlessStored } from "./keepConsent.ts";

const ATTEMPT_MINUTES = 10;
/** For so long an answer that was used is answered again. */
const KEPT_MINUTES = 24 * 60;
const ACCOUNT_TRIES = 3;
const ACCOUNT_PAUSE_MS = 500;
const STORE_TRIES = 3;
const STORE_PAUSE_MS = 200;

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

interface Back {
  provider: ProviderId;
  params: URLSearchParams;
  redirectUri: string;
}

/**
 * Handles the callback: it checks state, exchange, scopes and account, then stores the connection and what
 * follows from it. Whoever comes again with the same state gets what its first use came to.
 * @returns the migration that it started; null if nothing had to move
 * @throws ConnectFailed; no lesson's link has changed then, nor has the previous connection, unless the code says
 * otherwise
 */
export async function completeAuthorization(
  ctx: Context,
  visit: Visit,
  back: Back,
): Promise<ConsentResult> {
  const attempt = await takeOwnAttempt(ctx, visit, back);
  const { state_hash: stateHash, code_verifier_encrypted: sealed, expires_at: end } = attempt;
  if (sealed !== null) {
    try {
      if (end <= ctx.clock()) throw new ConnectFailed("state_expired");
      const codeVerifier = decrypt(ctx.config.tokenKeys, sealed, stateHash);
      await carryOut(ctx, visit, back, { stateHash, codeVerifier });
    } catch (failure) {
      await keepFailed(ctx, stateHash, asConnectFailed(failure));
    }
  }
  return answerOf(ctx, stateHash);
}

async function carryOut(
  ctx: Context,
  visit: Visit,
  { provider: id, params, redirectUri }: Back,
  { stateHash, codeVerifier }: { stateHash: string; codeVerifier: string },
): Promise<void> {
  const error = params.get("error");
  if (error)
    throw new ConnectFailed(error === "access_denied" ? "access_denied" : "exchange_failed");
  const code = params.get("code");
  if (!code) throw new ConnectFailed("exchange_failed");
  const provider = ctx.providers.get(id);
  const askedAt = ctx.clock();
  const tokens = await exchangeCode(ctx, visit, provider, { code, codeVerifier, redirectUri });
  const account = await accountOf(ctx, provider, tokens).catch((failure) =>
    whoseIsUnknown(ctx, visit, id, tokens, failure),
  );
  const consent = { tutorId: visit.personId, provider: id, account, tokens, askedAt };
  if (missingScopes(provider, tokens.scopes).length > 0) {
    await forSure(ctx, consent, () => keepLesserConsent(ctx, consent));
    throw new ConnectFailed("scope_missing");
  }
  await forSure(ctx, consent, () =>
    connectProvider(ctx, consent, (trx, { migration }) => keepConnected(trx, stateHash, migration)),
  );
}

/** Trades the code for tokens. Where nobody knows whether that was done, the tutor's own grants are looked at. */
async function exchangeCode(
  ctx: Context,
  visit: Visit,
  provider: VideoProvider,
  asked: { code: string; codeVerifier: string; redirectUri: string },
): Promise<TokenSet> {
  let tokens: TokenSet;
  try {
    tokens = await provider.exchangeCode(asked);
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
        await keepUnlessStored(ctx, consent);
        throw error;
      }
      await ctx.sleep(STORE_PAUSE_MS);
    }
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

async function takeOwnAttempt(ctx: Context, visit: Visit, { provider, params }: Back) {
  const state = params.get("state");
  const now = ctx.clock();
  const take = { ...visit, provider, now, keptUntil: addMinutes(now, KEPT_MINUTES) };
  const attempt = state
    ? await asService(ctx.db, (trx) => takeAttempt(trx, { ...take, stateHash: sha256(state) }))
    : undefined;
  if (!attempt) throw new ConnectFailed("state_mismatch");
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
