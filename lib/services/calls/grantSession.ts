/** Everything that a call to a provider with a grant needs. No transaction may be open during the call. */
import { addSeconds } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import type { GrantAccess, VideoProvider } from "#lib/providers/provider.ts";
import type { Grant } from "#lib/records/grants/queries.ts";
import { REFRESH_AHEAD_SECONDS } from "#lib/records/grants/rules.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { callWithPermit } from "./callWithPermit.ts";
import { openAccess, readGrant, usableGrant } from "./grantTokens.ts";
import { type Ask, acquirePermit, awaitPermit, type Permit, takePermit } from "./permits.ts";
import { refreshGrant } from "./refreshGrant.ts";

export interface GrantSession {
  grant: Grant;
  provider: VideoProvider;
  access: GrantAccess;
  /** What answers have revealed besides what was asked. */
  seen: { plan: string | null };
}

/**
 * Opens a grant with an access token that is valid for the next call, and refreshes it first if necessary.
 * @throws ProviderError of class `reconnect` when the grant is dead, which has been recorded by then;
 * `unavailable` also when its provider's credentials have been removed from the settings
 */
export async function openGrant(ctx: Context, grantId: string): Promise<GrantSession> {
  const grant = await readGrant(ctx, grantId);
  assertProvided(ctx, grant);
  return opened(ctx, grant);
}

/**
 * The same, and a permit for a call; in one transaction where no token has to be refreshed.
 * @returns the error that refuses the permit in its place, as `acquirePermit` does
 */
export async function openWithPermit(
  ctx: Context,
  grantId: string,
  ask: Ask,
): Promise<{ grantSession: GrantSession; permit: Permit | ProviderError }> {
  const seen = await asService(ctx.db, async (trx) => {
    const grant = await usableGrant(trx, grantId);
    assertProvided(ctx, grant);
    if (!isFresh(ctx, grant)) return { grant, open: null };
    const grantSession = sessionOf(ctx, grant);
    const permit = await takePermit(ctx, trx, grantSession, ask);
    return { grant, open: "missing" in permit ? null : { grantSession, permit } };
  });
  if (seen.open) return seen.open;
  const grantSession = await opened(ctx, seen.grant);
  return { grantSession, permit: await acquirePermit(ctx, grantSession, ask) };
}

const opened = async (ctx: Context, grant: Grant): Promise<GrantSession> =>
  sessionOf(ctx, isFresh(ctx, grant) ? grant : await refreshGrant(ctx, grant));

const isFresh = (ctx: Context, { access_token_expires_at: expiresAt }: Grant): boolean =>
  expiresAt > addSeconds(ctx.clock(), REFRESH_AHEAD_SECONDS);

function assertProvided(ctx: Context, { provider }: Grant): void {
  if (ctx.providers.has(provider)) return;
  const label = ctx.providers.label(provider);
  throw new ProviderError("unavailable", `${label} has no credentials in the settings.`);
}

/** Gets other tokens after an access token was refused, and opens the grant with them. */
export const renewGrant = async (ctx: Context, refused: Grant): Promise<GrantSession> =>
  sessionOf(ctx, await refreshGrant(ctx, refused));

function sessionOf(ctx: Context, grant: Grant): GrantSession {
  const seen: GrantSession["seen"] = { plan: null };
  const sawPlan = (plan: string) => {
    seen.plan = plan;
  };
  const { grant_id: grantId } = grant;
  const sawUnreadable = (entries: number) =>
    ctx.log.warn(
      { grantId, entries },
      "Entries of a provider's list can't be read, and are left out",
    );
  const access = { ...openAccess(ctx, grant), sawPlan, sawUnreadable };
  return { grant, provider: ctx.providers.get(grant.provider), access, seen };
}

/**
 * Makes one call with a permit, and one more with other tokens if the access token is refused. For calls
 * without a lease. `by` is the lesson that the call is about.
 * @throws ProviderError, also when the provider's limits or an outage leave no permit for it
 */
export async function callWithGrant<T>(
  ctx: Context,
  grantId: string,
  ask: Ask & { by: string },
  call: (grantSession: GrantSession) => Promise<T>,
): Promise<T> {
  const withPermit = async (grantSession: GrantSession, permit: Permit | ProviderError) => {
    if (permit instanceof ProviderError) throw permit;
    await awaitPermit(ctx, permit);
    return callWithPermit(ctx, permit, ask, () => call(grantSession));
  };
  const { grantSession, permit } = await openWithPermit(ctx, grantId, ask);
  try {
    return await withPermit(grantSession, permit);
  } catch (error) {
    if (!(error instanceof ProviderError) || !error.accessTokenRefused) throw error;
    const renewed = await renewGrant(ctx, grantSession.grant);
    return withPermit(renewed, await acquirePermit(ctx, renewed, ask));
  }
}
