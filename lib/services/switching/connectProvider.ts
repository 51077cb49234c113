/**
 * Turns a provider account's consent into the tutor's connection. One transaction retires the previous
 * connection, stores the new one, writes the migration and asks for its job. Nothing after that depends on
 * the browser.
 */
import { asService, type Trx } from "#lib/platform/db.ts";
import type { ProviderAccount, ProviderId, TokenSet } from "#lib/providers/provider.ts";
import { storeLicence } from "#lib/records/grants/queries/licences.ts";
import { lockAccount, revocationSince } from "#lib/records/grants/queries/retired.ts";
import {
  grantIdOf,
  insertConnection,
  lockConnection,
  noTrouble,
  otherTutorOn,
  renewGrantTokens,
  retireConnection,
  takeOutOfRetirement,
  updateConnection,
} from "#lib/records/grants/queries.ts";
import type { Connection } from "#lib/records/grants/rules.ts";
import { scanAgain } from "#lib/records/meetings/queries/orphans.ts";
import type { Migration } from "#lib/records/migrations/rules.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import { futureSessions } from "#lib/records/sessions/queries.ts";
import { sealTokens } from "#lib/services/calls/grantTokens.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { beginMigration } from "./beginMigration.ts";
import { announceMigration } from "./migrationLog.ts";

export interface Consent {
  tutorId: string;
  provider: ProviderId;
  account: ProviderAccount;
  tokens: TokenSet;
  /** A moment no later than the one when the tokens were requested. */
  askedAt: Date;
}

export interface Connected {
  /** Null if nothing had to move: a first connection, the same account again, or no future lesson. */
  migration: Migration | null;
}

/** What else belongs into the transaction that stores the connection. */
type Beside = (trx: Trx, connected: Connected) => Promise<unknown>;

/**
 * @throws Refusal `account_in_use` when another tutor holds the account; nothing has changed for this tutor
 * then
 */
export async function connectProvider(
  ctx: Context,
  consent: Consent,
  beside: Beside,
): Promise<Connected> {
  await refuseTakenAccount(ctx, consent);
  let proven = consent;
  for (;;) {
    const { connected, revokedUntil } = await storeConsent(ctx, proven, beside);
    if (connected) {
      if (connected.migration) announceMigration(ctx, connected.migration);
      return connected;
    }
    proven = await outliveRevocation(ctx, proven, revokedUntil);
  }
}

type Stored =
  | { connected: Connected; revokedUntil: null }
  /** A revocation that ends at `revokedUntil` may have hit these very tokens; nothing was stored. */
  | { connected: null; revokedUntil: Date };

function storeConsent(ctx: Context, consent: Consent, beside: Beside): Promise<Stored> {
  return asService(ctx.db, async (trx) => {
    await lockTutor(trx, consent.tutorId);
    const account = { provider: consent.provider, account_user_id: consent.account.userId };
    await lockAccount(trx, account);
    const revokedUntil = await revocationSince(trx, account, consent.askedAt);
    if (revokedUntil) return { connected: null, revokedUntil };
    const migration = await replaceConnection(ctx, trx, consent);
    await beside(trx, { migration });
    return { connected: { migration }, revokedUntil: null };
  });
}

async function replaceConnection(
  ctx: Context,
  trx: Trx,
  consent: Consent,
): Promise<Migration | null> {
  const previous = await lockConnection(trx, consent.tutorId);
  const known = await grantIdOf(trx, { ...consent, accountUserId: consent.account.userId });
  const grantId = known ?? ctx.newId();
  const isSwitch = previous !== undefined && previous.grant_id !== grantId;
  const generation = (previous?.generation ?? 0) + (isSwitch || !previous ? 1 : 0);
  const connection = connectionRow(ctx, consent, grantId, generation);
  if (!previous) {
    await insertConnection(trx, connection);
  } else {
    if (isSwitch) {
      await retireConnection(trx, previous, ctx.clock());
      await takeOutOfRetirement(trx, grantId);
    }
    await updateConnection(trx, consent.tutorId, connection);
  }
  if (known) await scanAgain(trx, grantId, ctx.clock());
  const { userId: accountUserId, licence } = consent.account;
  if (licence) {
    const read = { provider: consent.provider, accountUserId, licence, now: ctx.clock() };
    await storeLicence(trx, read);
  }
  await ctx.nudge(trx, consent.tutorId);
  return previous && isSwitch ? moveLessons(ctx, trx, previous, connection) : null;
}

/**
 * An older grant of this account is being revoked, or has been since the tokens were requested. Its worker
 * has finished by `until`, so tokens that can still be refreshed after that have survived.
 * @throws ProviderError `grant_revoked` if the tokens were hit; another consent cures that
 */
async function outliveRevocation(ctx: Context, consent: Consent, until: Date): Promise<Consent> {
  const wait = until.getTime() - ctx.clock().getTime();
  if (wait > 0) await ctx.sleep(wait);
  const { refreshToken } = consent.tokens;
  if (!refreshToken) return { ...consent, askedAt: ctx.clock() };
  const askedAt = ctx.clock();
  const fresh = await ctx.providers.get(consent.provider).refresh(refreshToken);
  const { accessToken, expiresAt } = fresh;
  const tokens = {
    ...consent.tokens,
    accessToken,
    expiresAt,
    refreshToken: fresh.refreshToken ?? refreshToken,
  };
  return { ...consent, tokens, askedAt };
}

const moveLessons = async (
  ctx: Context,
  trx: Trx,
  previous: Connection,
  connection: ReturnType<typeof connectionRow>,
): Promise<Migration | null> =>
  beginMigration(ctx, trx, {
    kind: "switch",
    connection,
    from: { provider: previous.provider, grantId: previous.grant_id },
    sessions: await futureSessions(trx, connection.tutor_id, ctx.clock()),
    createdBy: connection.tutor_id,
  });

/**
 * The consent has just voided the tokens of the other tutor's connection to this very account. Store the new
 * tokens, which are for the same account and app, under the other tutor's grant, so that refusing this one
 * doesn't disconnect them.
 */
async function refuseTakenAccount(ctx: Context, consent: Consent): Promise<void> {
  const provider = ctx.providers.get(consent.provider);
  if (!provider.oneGrantPerAccount) return;
  const taken = await asService(ctx.db, async (trx) => {
    const other = await otherTutorOn(trx, { ...consent, accountUserId: consent.account.userId });
    if (!other) return false;
    await lockTutor(trx, other.tutor_id);
    const tokens = sealTokens(ctx, other.grant_id, consent.tokens);
    const { scopes } = consent.tokens;
    await renewGrantTokens(trx, other.grant_id, { ...tokens, scopes }, ctx.clock());
    await scanAgain(trx, other.grant_id, ctx.clock());
    await ctx.nudge(trx, other.tutor_id);
    return true;
  });
  if (taken) {
    throw new Refusal("account_in_use", "accountInUse", { provider: provider.label });
  }
}

function connectionRow(ctx: Context, consent: Consent, grantId: string, generation: number) {
  const now = ctx.clock();
  return {
    tutor_id: consent.tutorId,
    provider: consent.provider,
    connection_status: "connected" as const,
    generation,
    grant_id: grantId,
    account_user_id: consent.account.userId,
    account_email: consent.account.email,
    account_name: consent.account.name,
    account_organisation_id: consent.account.organisationId,
    scopes: consent.tokens.scopes,
    ...sealTokens(ctx, grantId, consent.tokens),
    refresh_lease_id: null,
    refresh_lease_until: null,
    ...noTrouble,
    error_code: null,
    error_detail: null,
    connected_at: now,
    updated_at: now,
  };
}
