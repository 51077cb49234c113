/** Seals and opens a grant's tokens, between its row and a provider call. No other file does. */
import { decrypt, encrypt, keyIdOf } from "#lib/platform/crypto.ts";
import { asService, type Trx } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import type { GrantAccess, TokenSet } from "#lib/providers/provider.ts";
import { type Grant, grantById, type StoredTokens } from "#lib/records/grants/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";

export type TokenKind = "access" | "refresh";

/** Binds a ciphertext to its grant and column: copied into another grant or column, it doesn't open. */
export const placeOfToken = (grantId: string, token: TokenKind) => `${grantId}/${token}`;

/** @throws ProviderError `grant_revoked` when no call can be made with the grant any more */
export const readGrant = (ctx: Context, grantId: string): Promise<Grant> =>
  asService(ctx.db, (trx) => usableGrant(trx, grantId));

/** @throws as `readGrant` */
export async function usableGrant(trx: Trx, grantId: string): Promise<Grant> {
  const grant = await grantById(trx, grantId);
  if (!grant || grant.error_code !== null) {
    throw new ProviderError("grant_revoked", "The connection has to be renewed by its owner.");
  }
  return grant;
}

/** Seals the tokens of a consent, which must have brought a refresh token. */
export function sealTokens(ctx: Context, grantId: string, tokens: TokenSet): StoredTokens {
  const { refresh_token_encrypted: refresh, ...access } = sealRefreshed(ctx, grantId, tokens);
  if (!refresh)
    throw new ProviderError("scope_missing", "The consent came without offline access.");
  return { ...access, refresh_token_encrypted: refresh };
}

/**
 * Seals the tokens of a refresh. If the refresh brought no refresh token, the stored one isn't written back:
 * a key rotation may have put it into another envelope since it was read.
 */
export function sealRefreshed(ctx: Context, grantId: string, tokens: TokenSet) {
  const seal = (token: string, kind: TokenKind) =>
    encrypt(ctx.config.tokenKeys, token, placeOfToken(grantId, kind));
  return {
    access_token_encrypted: seal(tokens.accessToken, "access"),
    access_token_expires_at: tokens.expiresAt,
    ...(tokens.refreshToken && {
      refresh_token_encrypted: seal(tokens.refreshToken, "refresh"),
    }),
  };
}

/**
 * Seals the same token with the first key; null if that key has sealed it already.
 * @throws when none of our keys opens the token
 */
export function reseal(
  { config: { tokenKeys } }: Pick<Context, "config">,
  token: { grantId: string; kind: TokenKind; sealed: string },
): string | null {
  if (keyIdOf(token.sealed) === tokenKeys[0]?.id) return null;
  const place = placeOfToken(token.grantId, token.kind);
  return encrypt(tokenKeys, decrypt(tokenKeys, token.sealed, place), place);
}

export function openRefreshToken(
  ctx: Context,
  grant: { grant_id: string; refresh_token_encrypted: string | null },
): string {
  const sealed = grant.refresh_token_encrypted;
  if (sealed === null) throw new Error(`The tokens of grant ${grant.grant_id} are erased`);
  return decrypt(ctx.config.tokenKeys, sealed, placeOfToken(grant.grant_id, "refresh"));
}

export function openAccess(ctx: Context, grant: Grant): GrantAccess {
  const { grant_id: grantId, access_token_encrypted: sealed } = grant;
  return {
    accessToken: decrypt(ctx.config.tokenKeys, sealed, placeOfToken(grantId, "access")),
    account: {
      userId: grant.account_user_id,
      email: grant.account_email,
      name: grant.account_name,
      organisationId: grant.account_organisation_id,
    },
  };
}
