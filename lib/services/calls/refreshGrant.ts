/**
 * Gets new tokens for a grant under a lease. Zoom's refresh tokens rotate, so two refreshes at once would end
 * the grant, and no HTTP call may run inside a transaction. One process takes the lease, and the others wait
 * for it.
 */

import { backoffSeconds } from "#lib/platform/backoff.ts";
import { addSeconds, latest } from "#lib/platform/clock.ts";
import { asService, type Trx } from "#lib/platform/db.ts";
import { CALL_LEASE_SECONDS, REFRESH_WAIT_SECONDS } from "#lib/platform/patience.ts";
import { LONGEST_LIFETIME_SECONDS } from "#lib/providers/believed.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import type { TokenSet } from "#lib/providers/provider.ts";
import {
  endRefresh,
  haveOthersTokens,
  leaseRefresh,
  markNeedsReconnect,
} from "#lib/records/grants/queries/refresh.ts";
import type { Grant } from "#lib/records/grants/queries.ts";
import {
  hasFailedForLong,
  isLastingRefusal,
  type RefreshRefusal,
  type RefusedClient,
  worksForOthers,
} from "#lib/records/grants/rules.ts";
import { resolveTrouble, troubleOf } from "#lib/records/operator/queries.ts";
import { nextWithoutRoom } from "#lib/records/sessions/queries/soon.ts";
import { inTime } from "#lib/records/sessions/rules.ts";
import { mailDeadConnection } from "#lib/services/telling/connectionMail.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { openAccess, openRefreshToken, readGrant, sealRefreshed } from "./grantTokens.ts";
import { noticeOperatorTrouble } from "./operatorTroubles.ts";

const WAIT_STEP_MS = 200;

/**
 * @param seen the grant whose access token is refused or about to expire
 * @returns the grant with other tokens than `seen`, whoever refreshed it
 * @throws ProviderError `grant_revoked` when the provider refuses the refresh token that is still stored
 */
export async function refreshGrant(ctx: Context, seen: Grant): Promise<Grant> {
  // Wait for one lease at most: by then its holder has stored tokens, failed or died.
  const patience = addSeconds(ctx.clock(), REFRESH_WAIT_SECONDS);
  let known = seen;
  while (ctx.clock() < patience) {
    const now = ctx.clock();
    throwWhilePaused(known, now);
    const leaseId = ctx.newId();
    const taken = await asService(ctx.db, (trx) =>
      leaseRefresh(trx, {
        grantId: seen.grant_id,
        leaseId,
        until: addSeconds(now, CALL_LEASE_SECONDS),
        seenAccessToken: known.access_token_encrypted,
        now,
      }),
    );
    if (taken) return refreshUnderLease(ctx, known, leaseId);
    const { access_token_encrypted: tried } = known;
    known = await readGrant(ctx, seen.grant_id);
    if (isOtherToken(ctx, known, seen)) return known;
    // The same token is in another envelope because keys were rotated. The lease may well be free, so try at
    // once.
    if (known.access_token_encrypted !== tried) continue;
    await ctx.sleep(WAIT_STEP_MS);
  }
  throw new ProviderError("unavailable", "Another refresh of this connection didn't end in time.");
}

const isOtherToken = (ctx: Context, known: Grant, seen: Grant): boolean =>
  known.access_token_encrypted !== seen.access_token_encrypted &&
  openAccess(ctx, known).accessToken !== openAccess(ctx, seen).accessToken;

/**
 * The last refresh failed in passing and its pause isn't over, so asking again would only burden the
 * provider.
 */
function throwWhilePaused(grant: Grant, now: Date): void {
  const { refresh_next_at: until, refresh_error: said } = grant;
  if (!until || until <= now) return;
  throw new ProviderError("unavailable", said ?? "New tokens can't be had just now.", {
    retryAt: until,
    said,
  });
}

async function refreshUnderLease(ctx: Context, seen: Grant, leaseId: string): Promise<Grant> {
  const lease = { grantId: seen.grant_id, leaseId };
  const asked = ctx.clock();
  let tokens: TokenSet;
  try {
    tokens = await ctx.providers.get(seen.provider).refresh(openRefreshToken(ctx, seen));
  } catch (error) {
    const now = ctx.clock();
    const client = await refusedClient(ctx, seen, error, asked);
    const refusal = deadBy(seen, error, client, now) ?? (await failsAlone(ctx, seen, error, now));
    const isOurs = await asService(ctx.db, async (trx) => {
      const pause = refusal ? {} : { pause: await pauseAfter(ctx, trx, seen, error, now) };
      return endRefresh(trx, { ...lease, now, ...pause });
    });
    if (!worksForOthers(seen, client)) await noticeOperatorTrouble(ctx, seen.provider, error);
    if (!refusal) throw error;
    // Whoever took over the lease may have used up this very refresh token, so their answer counts.
    return isOurs ? believeOnlyAfterReading(ctx, seen, refusal) : refreshGrant(ctx, seen);
  }
  const sealed = sealRefreshed(ctx, seen.grant_id, tokens);
  await asService(ctx.db, async (trx) => {
    const now = ctx.clock();
    await endRefresh(trx, { ...lease, now, tokens: sealed });
    await resolveTrouble(trx, seen.provider, "client_refused", now);
  });
  return readGrant(ctx, seen.grant_id);
}

/** What says that the grant is dead: the provider in so many words, or another refusal of its own that lasts. */
function deadBy(
  seen: Grant,
  error: unknown,
  client: RefusedClient,
  now: Date,
): ProviderError | null {
  if (!(error instanceof ProviderError)) return null;
  if (error.class === "reconnect") return error;
  const refusal = refusalIn(error);
  if (!refusal || !isLastingRefusal(refusal, seen, client, now)) return null;
  const { status, said } = error;
  return new ProviderError("grant_revoked", error.message, {
    said,
    cause: error,
    ...(status && { status }),
  });
}

/** Not the words but the time says it: none has succeeded for a day, while those of others have. */
async function failsAlone(
  ctx: Context,
  seen: Grant,
  error: unknown,
  now: Date,
): Promise<ProviderError | null> {
  const { grant_id: grantId, provider, refresh_failed_since: since } = seen;
  if (since === null || !hasFailedForLong(seen, now)) return null;
  // When others got theirs isn't noted, but no token is believed to live for longer than this.
  const until = addSeconds(since, LONGEST_LIFETIME_SECONDS);
  const others = await asService(ctx.db, (trx) =>
    haveOthersTokens(trx, { grantId, provider, until }),
  );
  if (!others) return null;
  const said = error instanceof ProviderError ? error.said : null;
  return new ProviderError("grant_revoked", "No new tokens could be had for a day", {
    said,
    cause: error,
  });
}

/** What is known of our client being refused, where that may explain the error. */
async function refusedClient(
  ctx: Context,
  { provider }: Grant,
  error: unknown,
  asked: Date,
): Promise<RefusedClient> {
  const read = (trx: Trx) => troubleOf(trx, provider, "client_refused");
  return { trouble: refusalIn(error) ? await asService(ctx.db, read) : undefined, asked };
}

/** A failure that isn't the provider's own refusal, such as a firewall's page, says nothing of the grant. */
function refusalIn(error: unknown): RefreshRefusal | null {
  if (!(error instanceof ProviderError)) return null;
  if (error.class === "permanent") return "unknown";
  return error.code === "client_refused" ? "client" : null;
}

async function pauseAfter(ctx: Context, trx: Trx, seen: Grant, error: unknown, now: Date) {
  const backoff = addSeconds(now, backoffSeconds(seen.refresh_failures + 1, ctx.random()));
  const refused = error instanceof ProviderError ? error : null;
  const until = latest(refused?.retryAt ?? backoff, backoff);
  const waits = await nextWithoutRoom(trx, seen.tutor_id, now);
  return {
    until: inTime(waits, until, now),
    said: refused?.said ?? null,
    isRefused: refusalIn(error) !== null,
  };
}

/** A refusal counts only if no other token has been stored since: a new consent may have come in between. */
async function believeOnlyAfterReading(
  ctx: Context,
  seen: Grant,
  refusal: ProviderError,
): Promise<Grant> {
  const marked = await recordDeadGrant(ctx, seen, refusal);
  if (marked) throw refusal;
  return readGrant(ctx, seen.grant_id);
}

/**
 * Records that the grant is dead, unless its tokens have changed meanwhile, and tells its tutor in the same
 * transaction: once for each death of a connection. @returns whether that was recorded
 */
export function recordDeadGrant(ctx: Context, seen: Grant, why: ProviderError): Promise<boolean> {
  return asService(ctx.db, async (trx) => {
    const dead = await markNeedsReconnect(trx, {
      grantId: seen.grant_id,
      seenRefreshToken: seen.refresh_token_encrypted,
      code: why.code,
      detail: why.said,
      now: ctx.clock(),
    });
    if (dead?.isTheirs) await mailDeadConnection(ctx, trx, { ...dead, code: why.code });
    return dead !== undefined;
  });
}
