/** When a call that failed is made again. */
import { backoffSeconds } from "#lib/platform/backoff.ts";
import { addSeconds, latest } from "#lib/platform/clock.ts";
import type { ProviderError } from "#lib/providers/errors.ts";
import {
  afterRefusal,
  isDaysShareUsed,
  type Meeting,
  nextWriteAt,
} from "#lib/records/meetings/rules.ts";
import { inTime } from "#lib/records/sessions/rules.ts";
import type { GrantSession } from "#lib/services/calls/grantSession.ts";
import type { Context } from "#lib/services/verb/context.ts";
import type { Claim } from "./claim.ts";

/** When a call that failed like this is due again, if nothing else says when. */
export function backoffAfter(ctx: Context, row: Meeting, { code }: ProviderError): Date {
  const now = ctx.clock();
  const usual = addSeconds(now, backoffSeconds(row.attempts, ctx.random()));
  return code === "refused" ? afterRefusal(row, usual, now) : usual;
}

/**
 * When a create that shows no effect may be made once more: later each time and a few times a day, as the provider may
 * count each. Shortly before its lesson it is tried all the same, but a lesson doesn't use up its account's day.
 */
export function repeatAt({ row, session }: Pick<Claim, "row" | "session">, now: Date): Date {
  const at = nextWriteAt(row, now);
  return isDaysShareUsed(row, now) ? at : inTime(session, at, now);
}

/** So often a create that was one too many is tried again without a pause. */
const TRIED_AGAIN_AT_ONCE = 2;

/** When a create that failed is tried again; in time, if its lesson has no room to wait in. */
export function createRetryAt(
  ctx: Context,
  { row, session }: Claim,
  grantSession: GrantSession,
  error: ProviderError,
  outcomeStillUnknown: boolean,
): Date {
  const now = ctx.clock();
  const backoff = backoffAfter(ctx, row, error);
  // There are fewer calls at once from now on, so it waits until one of them ends. But those may be no calls of ours that
  // end soon, so where that didn't help, it waits like any other.
  if (error.oneTooMany && row.attempts <= TRIED_AGAIN_AT_ONCE) return now;
  // A provider that always says "in a second" is not asked each second.
  if (error.retryAt) return inTime(session, latest(error.retryAt, backoff), now);
  // The first refused access token is cured by a refresh, at once.
  if (error.accessTokenRefused && row.attempts <= 1) return now;
  const firstLook = grantSession.provider.lookupDelays[0];
  // Only after a create; a look that failed itself comes again more and more rarely.
  if (error.code === "outcome_unknown" && !outcomeStillUnknown && firstLook !== undefined) {
    return addSeconds(now, firstLook);
  }
  return inTime(session, backoff, now);
}
