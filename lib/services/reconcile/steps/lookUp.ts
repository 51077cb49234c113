/** An answer was lost: a meeting that may have been made is looked for by its key. */
import { addSeconds } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import { installationId } from "#lib/records/installation/queries.ts";
import { answerMeeting } from "#lib/records/meetings/queries.ts";
import { firstOrphanScan, isLookedForInVain } from "#lib/records/meetings/rules.ts";
import type { GrantSession } from "#lib/services/calls/grantSession.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { repeatAt } from "./backoff.ts";
import type { Claim } from "./claim.ts";
import { conclude } from "./make.ts";
import { recordRefusal } from "./refusal.ts";
import { runCall, type Turn } from "./runCall.ts";

/**
 * Each step reads one page of the account's list, and the row keeps the place. Found: the meeting is taken as if the
 * answer had come. Not found at the last look: for a desired state that stands it is made again, a few times a day, for one
 * that doesn't the row is given up.
 */
export async function lookUpMeeting(ctx: Context, turn: Turn, urgent: boolean): Promise<boolean> {
  const installation = await installationId(ctx.db);
  return runCall(ctx, turn, {
    ask: { kind: "find", urgent },
    make: ({ provider, access }, { row }) =>
      provider.findMeeting(
        access,
        { key: row.key, installationId: installation },
        row.lookup_place,
      ),
    answered: (claim, { here: made, next: place }, grantSession, alongside) => {
      if (made) return conclude(ctx, claim, made, grantSession, alongside);
      return recordNotSeen(ctx, claim, place, grantSession.provider.lookupDelays);
    },
    failed: (claim, error, grantSession) =>
      recordFailedLook(ctx, claim, error, grantSession, urgent),
  });
}

/** It isn't on this page. If it is there after all, the scan for orphans finds it. */
function recordNotSeen(
  ctx: Context,
  { row, session }: Claim,
  place: string | null,
  delays: readonly number[],
): Promise<boolean> {
  const now = ctx.clock();
  const answer = (change: Parameters<typeof answerMeeting>[2]) =>
    asService(ctx.db, (trx) => answerMeeting(trx, row, change, now));
  if (place !== null) return answer({ lookup_place: place, next_attempt_at: now });
  const lookups = row.lookups + 1;
  const next = delays[lookups];
  if (next !== undefined) {
    const again = addSeconds(now, next - (delays[lookups - 1] ?? 0));
    return answer({ lookups, lookup_place: null, next_attempt_at: again });
  }
  return answer({
    lookups,
    lookup_place: null,
    outcome_unknown: false,
    next_attempt_at: repeatAt({ row, session }, now),
    ...firstOrphanScan(now),
  });
}

/**
 * The look itself failed, so nothing is known yet: it stays unsure and is looked for again, from where it was unless the
 * place is refused. But a list may fail for as long as it likes, and the lesson is to have a room: in the end one is
 * made under another key, and the scan for orphans takes care of the first.
 */
async function recordFailedLook(
  ctx: Context,
  { row, ...claimed }: Claim,
  error: ProviderError,
  grantSession: GrantSession,
  urgent: boolean,
): Promise<void> {
  const place = error.class === "wait" && error.code !== "refused" ? row.lookup_place : null;
  const claim = { ...claimed, row: { ...row, lookup_place: place } };
  if (error.keySpent || error.class === "reconnect") {
    return recordRefusal(ctx, claim, grantSession, error, !error.keySpent);
  }
  const isInVain = isLookedForInVain(row, urgent, ctx.clock());
  const unknown = new ProviderError("outcome_unknown", error.message, {
    keySpent: isInVain,
    ...(error.retryAt && { retryAt: error.retryAt }),
    said: error.said,
    cause: error,
  });
  return recordRefusal(ctx, claim, grantSession, unknown, !isInVain);
}
