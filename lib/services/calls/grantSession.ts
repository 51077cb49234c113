/** Calling a provider with a grant. No transaction may be open. */
import { addSeconds } from "#lib/platform/clock.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import type { GrantAccess, VideoProvider } from "#lib/providers/provider.ts";
import type { Grant } from "#lib/records/grants/queries.ts";
import { REFRESH_AHEAD_SECONDS } from "#lib/records/grants/rules.ts";
import type { Context } from "#lib/services/context.ts";
import { callWithPermit } from "./callWithPermit.ts";
import { openAccess, readGrant } from "./grantTokens.ts";
import { type Ask, acquirePermit, awaitPermit } from "./permits.ts";
import { refreshGrant } from "./refreshGrant.ts";

export interface GrantSession {
  grant: Grant;
  provider: VideoProvider;
  access: GrantAccess;
  /** What answers have told by the way. */
  seen: { plan: string | null };
}

/**
 * The grant with an access token that is good for the call to come; refreshed first where it must be.
 * @throws ProviderError; of class `reconnect` when the grant is dead, which is noted by then; `unavailable`
 * also where its provider has been taken out of the settings
 */
export async function openGrant(ctx: Context, grantId: string): Promise<GrantSession> {
  const grant = await readGrant(ctx, grantId);
  if (!ctx.providers.has(grant.provider)) {
    const label = ctx.providers.label(grant.provider);
    throw new ProviderError("unavailable", `${label} has no credentials in the settings.`);
  }
  const soon = addSeconds(ctx.clock(), REFRESH_AHEAD_SECONDS);
  const fresh = grant.access_token_expires_at > soon ? grant : await refreshGrant(ctx, grant);
  return sessionOf(ctx, fresh);
}

/** After an access token was refused: other tokens, and the grant in hand anew. */
export const renewGrant = async (ctx: Context, refused: Grant): Promise<GrantSession> =>
  sessionOf(ctx, await refreshGrant(ctx, refused));

function sessionOf(ctx: Context, grant: Grant): GrantSession {
  const seen: GrantSession["seen"] = { plan: null };
  const sawPlan = (plan: string) => {
    seen.plan = plan;
  };
  const access = { ...openAccess(ctx, grant), sawPlan };
  return { grant, provider: ctx.providers.get(grant.provider), access, seen };
}

/**
 * One call in its turn, and once more with other tokens where its access token is refused. For calls
 * without a lease. `by`: the lesson that it is about.
 * @throws ProviderError, also when the provider's limits or its silence leave no turn for it
 */
export async function callWithGrant<T>(
  ctx: Context,
  grantId: string,
  ask: Ask & { by: string },
  call: (grantSession: GrantSession) => Promise<T>,
): Promise<T> {
  const withPermit = async (grantSession: GrantSession) => {
    const permit = await acquirePermit(ctx, grantSession, ask);
    if (permit instanceof ProviderError) throw permit;
    await awaitPermit(ctx, permit);
    return callWithPermit(ctx, permit, ask.by, () => call(grantSession));
  };
  const grantSession = await openGrant(ctx, grantId);
  try {
    return await withPermit(grantSession);
  } catch (error) {
    if (!(error instanceof ProviderError) || !error.accessTokenRefused) throw error;
    return withPermit(await renewGrant(ctx, grantSession.grant));
  }
}
