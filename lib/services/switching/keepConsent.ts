/**
 * Where the tokens of a consent go that doesn't become the tutor's connection. At Zoom the exchange has ended the
 * account's earlier tokens by then, so the new ones are kept where that account lives; otherwise they are revoked.
 * Nothing is thrown away without a look at what died with it (decision 028).
 */
import { asService, type Trx } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import type { ProviderId, TokenSet, VideoProvider } from "#lib/providers/provider.ts";
import { type AccountGrant, grantsOn } from "#lib/records/grants/queries/accounts.ts";
import { activeGrants } from "#lib/records/grants/queries/active.ts";
import { lockAccount } from "#lib/records/grants/queries/retired.ts";
import { renewGrantTokens } from "#lib/records/grants/queries.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import { openGrant, renewGrant } from "#lib/services/calls/grantSession.ts";
import { openRefreshToken, sealTokens } from "#lib/services/calls/grantTokens.ts";
import type { Context } from "#lib/services/verb/context.ts";
import type { Consent } from "./connectProvider.ts";

/** A consent that lacks a permission: its account is known, and it isn't to become a connection of its own. */
export async function keepLesserConsent(ctx: Context, consent: Consent): Promise<void> {
  const provider = ctx.providers.get(consent.provider);
  const isKept = provider.oneGrantPerAccount && (await storeAtHome(ctx, consent));
  if (!isKept) await giveBackUnlessUsed(ctx, provider, consent);
}

/**
 * Storing failed by a fault of ours, perhaps after the commit. Tokens that are stored nowhere go where their account
 * lives: at Zoom the earlier ones are dead, so revoking these would end a connection that the tutor has just renewed.
 */
export async function keepUnlessStored(ctx: Context, consent: Consent): Promise<void> {
  const { provider, account, tokens } = consent;
  const grants = await asService(ctx.db, (trx) => grantsOn(trx, { provider, account }));
  const isStored = grants.some((one) => openRefreshToken(ctx, one) === tokens.refreshToken);
  if (!isStored) await keepLesserConsent(ctx, consent);
}

/**
 * Nobody knows whose tokens these are, or whether there are any (null): they are given back, and each of the tutor's
 * grants that may have died is tried, so that what died is known.
 * @returns whether all of them have proved to be alive
 */
export async function afterLostConsent(
  ctx: Context,
  of: { tutorId: string; provider: ProviderId; tokens: TokenSet | null },
): Promise<boolean> {
  const provider = ctx.providers.get(of.provider);
  // Where a consent ends no earlier tokens, revoking this one might.
  if (!provider.oneGrantPerAccount) return true;
  if (of.tokens) await giveBack(ctx, provider, of.tutorId, of.tokens);
  const grants = await asService(ctx.db, (trx) => activeGrants(trx, of.tutorId, ctx.clock()));
  let areAlive = true;
  for (const grant of grants) {
    if (grant.provider !== of.provider || grant.error_code !== null || grant.isBeingRevoked)
      continue;
    areAlive = (await isAlive(ctx, grant.grant_id)) && areAlive;
  }
  return areAlive;
}

/** Asks with the access token first: a refresh whose answer is lost would end what it looks at. */
async function isAlive(ctx: Context, grantId: string): Promise<boolean> {
  try {
    const { grant, provider, access } = await openGrant(ctx, grantId);
    const { accessToken } = access;
    const expiresAt = grant.access_token_expires_at;
    try {
      await provider.account({
        accessToken,
        expiresAt,
        refreshToken: null,
        scopes: [],
        idToken: null,
      });
    } catch (error) {
      if (!(error instanceof ProviderError) || !error.accessTokenRefused) throw error;
      await renewGrant(ctx, grant);
    }
    return true;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    ctx.log.warn(
      { grantId, code: error.code, detail: error.message },
      "A connection couldn't be proved alive after a consent that got lost",
    );
    return false;
  }
}

/** The grant that goes on with the account's tokens: the tutor's own, another tutor's, or a retired one. */
function homeOf(grants: AccountGrant[], tutorId: string): AccountGrant | undefined {
  const isInUse = (one: AccountGrant) => one.current && one.connection_status !== "disconnected";
  return (
    grants.find((one) => one.current && one.tutor_id === tutorId) ??
    grants.find(isInUse) ??
    grants.find((one) => one.tutor_id === tutorId) ??
    grants[0]
  );
}

/** @returns false where the account lives nowhere here */
async function storeAtHome(ctx: Context, consent: Consent): Promise<boolean> {
  const { provider, account, tokens } = consent;
  if (!tokens.refreshToken) return false;
  const find = async (trx: Trx) =>
    homeOf(await grantsOn(trx, { provider, account }), consent.tutorId);
  const seen = await asService(ctx.db, find);
  if (!seen) return false;
  return asService(ctx.db, async (trx) => {
    await lockTutor(trx, seen.tutor_id);
    await lockAccount(trx, { provider, account_user_id: account.userId });
    const now = ctx.clock();
    const home = await find(trx);
    if (home?.grant_id !== seen.grant_id) return false;
    const sealed = sealTokens(ctx, home.grant_id, tokens);
    await renewGrantTokens(trx, home.grant_id, { ...sealed, scopes: tokens.scopes }, now);
    await ctx.nudge(trx, home.tutor_id);
    return true;
  });
}

/** Not where a revocation would end grants of this account that are in use and go on working. */
async function giveBackUnlessUsed(
  ctx: Context,
  provider: VideoProvider,
  { tutorId, account, tokens }: Consent,
): Promise<void> {
  if (provider.revokesWholeAccount) {
    const grants = await asService(ctx.db, (trx) =>
      grantsOn(trx, { provider: provider.id, account }),
    );
    if (grants.some(({ error_code: code }) => code === null)) return;
  }
  await giveBack(ctx, provider, tutorId, tokens);
}

async function giveBack(
  ctx: Context,
  provider: VideoProvider,
  tutorId: string,
  { refreshToken, accessToken }: TokenSet,
): Promise<void> {
  try {
    await provider.revoke(refreshToken ?? accessToken);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    ctx.log.warn(
      { tutorId, provider: provider.id, code: error.code, detail: error.message },
      "The tokens of a consent that came to nothing could not be revoked",
    );
  }
}
