/** A grant between its row and a provider call: the only place where tokens are sealed and opened. */
import { decrypt, encrypt } from "#lib/platform/crypto.ts";
import { asService } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import type { GrantAccess, TokenSet } from "#lib/providers/provider.ts";
import { type Grant, grantById } from "#lib/records/grants/queries.ts";
import type { Context } from "./context.ts";

/** What a ciphertext is bound to: copied into another grant or the other column it doesn't open. */
const boundTo = (grantId: string, token: "access" | "refresh") => `${grantId}/${token}`;

/** @throws ProviderError `grant_revoked` when nothing can be called with it any more */
export async function readGrant(ctx: Context, grantId: string): Promise<Grant> {
  const grant = await asService(ctx.db, (trx) => grantById(trx, grantId));
  if (!grant || grant.error_code !== null) {
    throw new ProviderError("grant_revoked", "The connection has to be renewed by its owner.");
  }
  return grant;
}

/** `refreshToken` null in `tokens` keeps the one that is `held` (sealed). */
export function sealTokens(ctx: Context, grantId: string, tokens: TokenSet, held?: string) {
  const seal = (token: string, kind: "access" | "refresh") =>
    encrypt(ctx.config.tokenKeys, token, boundTo(grantId, kind));
  const refresh = tokens.refreshToken ? seal(tokens.refreshToken, "refresh") : held;
  if (!refresh)
    throw new ProviderError("scope_missing", "The consent came without offline access.");
  return {
    access_token_encrypted: seal(tokens.accessToken, "access"),
    refresh_token_encrypted: refresh,
    access_token_expires_at: tokens.expiresAt,
  };
}

export const openRefreshToken = (ctx: Context, grant: Grant): string =>
  decrypt(ctx.config.tokenKeys, grant.refresh_token_encrypted, boundTo(grant.grant_id, "refresh"));

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
