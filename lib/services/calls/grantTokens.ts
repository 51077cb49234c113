/** A grant between its row and a provider call: the only place where tokens are sealed and opened. */
import { decrypt, encrypt, keyIdOf } from "#lib/platform/crypto.ts";
import { asService } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import type { GrantAccess, TokenSet } from "#lib/providers/provider.ts";
import { type Grant, grantById, type StoredTokens } from "#lib/records/grants/queries.ts";
import type { Context } from "#lib/services/context.ts";

export type TokenKind = "access" | "refresh";

/** What a ciphertext is bound to: copied into another grant or the other column it doesn't open. */
const boundTo = (grantId: string, token: TokenKind) => `${grantId}/${token}`;

/** @throws ProviderError `grant_revoked` when nothing can be called with it any more */
export async function readGrant(ctx: Context, grantId: string): Promise<Grant> {
  const grant = await asService(ctx.db, (trx) => grantById(trx, grantId));
  if (!grant || grant.error_code !== null) {
    throw new ProviderError("grant_revoked", "The connection has to be renewed by its owner.");
  }
  return grant;
}

/** Of a consent, which must have brought a refresh token. */
export function sealTokens(ctx: Context, grantId: string, tokens: TokenSet): StoredTokens {
  const { refresh_token_encrypted: refresh, ...access } = sealRefreshed(ctx, grantId, tokens);
  if (!refresh)
    throw new ProviderError("scope_missing", "The consent came without offline access.");
  return { ...access, refresh_token_encrypted: refresh };
}

/**
 * Of a refresh. Where it brought no refresh token, the stored one isn't written again: it may have got
 * another envelope since it was read.
 */
export function sealRefreshed(ctx: Context, grantId: string, tokens: TokenSet) {
  const seal = (token: string, kind: TokenKind) =>
    encrypt(ctx.config.tokenKeys, token, boundTo(grantId, kind));
  return {
    access_token_encrypted: seal(tokens.accessToken, "access"),
    access_token_expires_at: tokens.expiresAt,
    ...(tokens.refreshToken && {
      refresh_token_encrypted: seal(tokens.refreshToken, "refresh"),
    }),
  };
}

/**
 * The same token under the first key; null where that has sealed it.
 * @throws when it can't be opened with any of our keys
 */
export function reseal(
  { config: { tokenKeys } }: Pick<Context, "config">,
  token: { grantId: string; kind: TokenKind; sealed: string },
): string | null {
  if (keyIdOf(token.sealed) === tokenKeys[0]?.id) return null;
  const place = boundTo(token.grantId, token.kind);
  return encrypt(tokenKeys, decrypt(tokenKeys, token.sealed, place), place);
}

export function openRefreshToken(
  ctx: Context,
  grant: { grant_id: string; refresh_token_encrypted: string | null },
): string {
  const sealed = grant.refresh_token_encrypted;
  if (sealed === null) throw new Error(`The tokens of grant ${grant.grant_id} are erased`);
  return decrypt(ctx.config.tokenKeys, sealed, boundTo(grant.grant_id, "refresh"));
}

export function openAccess(ctx: Context, grant: Grant): GrantAccess {
  const { grant_id: grantId, access_token_encrypted: sealed } = grant;
  return {
    accessToken: decrypt(ctx.config.tokenKeys, sealed, boundTo(grantId, "access")),
    account: {
      userId: grant.account_user_id,
      email: grant.account_email,
      name: grant.account_name,
      organisationId: grant.account_organisation_id,
    },
  };
}
