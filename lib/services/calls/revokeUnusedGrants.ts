/**
 * Revokes a replaced connection at the provider once nothing needs it, and erases its tokens. Decision 010
 * explains how that stays clear of the same account being connected again.
 */

import { backoffSeconds } from "#lib/platform/backoff.ts";
import { addSeconds, latest } from "#lib/platform/clock.ts";
import { asService, type Trx } from "#lib/platform/db.ts";
import { CALL_LEASE_SECONDS, RUN_SECONDS } from "#lib/platform/patience.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import {
  eraseGrant,
  isAccountShared,
  leaseRevocation,
  lockAccount,
  lockUnusedGrant,
  postponeRevocation,
  type RetiredGrant,
} from "#lib/records/grants/queries/retired.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { openRefreshToken } from "./grantTokens.ts";

interface Claim {
  grant: RetiredGrant;
  /** Until when the caller holds the lease to revoke it; null if it was erased without a call. */
  until: Date | null;
}

/**
 * Revokes the tutor's unused grants that are due, until `end`; what is left is due in the next run. Idempotent; never
 * throws a provider's error.
 */
export async function revokeUnusedGrants(ctx: Context, tutorId: string, end?: Date): Promise<void> {
  const last = end ?? addSeconds(ctx.clock(), RUN_SECONDS);
  do {
    const claim = await claimUnusedGrant(ctx, tutorId);
    if (!claim) return;
    const { grant, until } = claim;
    if (until === null) logErased(ctx, grant, "Tokens of a replaced connection were erased");
    else await revokeAndErase(ctx, grant, until);
  } while (ctx.clock() < last);
}

/** A grant that can't be revoked, or whose account other grants use, is erased here without a call. */
function claimUnusedGrant(ctx: Context, tutorId: string): Promise<Claim | null> {
  return asService(ctx.db, async (trx) => {
    await lockTutor(trx, tutorId);
    const now = ctx.clock();
    const grant = await lockUnusedGrant(trx, tutorId, now);
    if (!grant) return null;
    await lockAccount(trx, grant);
    if (await canBeRevoked(ctx, trx, grant)) {
      const until = addSeconds(now, CALL_LEASE_SECONDS);
      await leaseRevocation(trx, grant.grant_id, until, now);
      return { grant, until };
    }
    await eraseGrant(trx, grant.grant_id, grant.revocation_until, now);
    return { grant, until: null };
  });
}

/** False for a dead grant, with which no call can be made, and where a revocation would hit another grant. */
async function canBeRevoked(ctx: Context, trx: Trx, grant: RetiredGrant): Promise<boolean> {
  if (grant.error_code !== null || !ctx.providers.has(grant.provider)) return false;
  const { revokesWholeAccount } = ctx.providers.get(grant.provider);
  return !(await isAccountShared(trx, grant, { retired: revokesWholeAccount }));
}

async function revokeAndErase(ctx: Context, grant: RetiredGrant, until: Date): Promise<void> {
  const failed = await revoke(ctx, grant);
  const now = ctx.clock();
  const { grant_id: grantId, tutor_id: tutorId } = grant;
  if (failed instanceof ProviderError && failed.class === "wait") {
    const backoff = addSeconds(now, backoffSeconds(grant.revocation_failures + 1, ctx.random()));
    const next = latest(failed.retryAt ?? backoff, backoff);
    await asService(ctx.db, (trx) => postponeRevocation(trx, grantId, until, next, now));
    const { code, message: detail } = failed;
    ctx.log.warn(
      { tutorId, grantId, code, detail },
      "A replaced connection could not be revoked; tried again later",
    );
    return;
  }
  const erased = await asService(ctx.db, (trx) => eraseGrant(trx, grantId, until, now));
  if (!erased) return;
  if (failed === null) {
    logErased(ctx, grant, "A replaced connection was revoked and its tokens erased");
  } else {
    ctx.log.error(
      { tutorId, grantId, provider: grant.provider, err: failed },
      "A replaced connection could not be revoked; its tokens were erased all the same",
    );
  }
}

/** @returns what went wrong, or null if nothing did */
async function revoke(ctx: Context, grant: RetiredGrant): Promise<unknown> {
  try {
    await ctx.providers.get(grant.provider).revoke(openRefreshToken(ctx, grant));
    return null;
  } catch (error) {
    return error;
  }
}

const logErased = (ctx: Context, grant: RetiredGrant, words: string): void =>
  ctx.log.info(
    { tutorId: grant.tutor_id, grantId: grant.grant_id, provider: grant.provider },
    words,
  );
