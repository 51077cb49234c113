/** What a failed call for a new meeting does to its row and to the lesson's place in the migration. */
import { latest } from "#lib/platform/clock.ts";
import type { Trx } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import { orphanRow, repeatRow } from "#lib/records/meetings/queries/rows.ts";
import { insertMeeting } from "#lib/records/meetings/queries.ts";
import {
  firstOrphanScan,
  isMadeForTooLong,
  type Meeting,
  unclearWrite,
} from "#lib/records/meetings/rules.ts";
import { changeOpenMove, endOpenMove } from "#lib/records/migrations/queries.ts";
import { waitingState } from "#lib/records/migrations/rules.ts";
import { sessionById } from "#lib/records/sessions/queries.ts";
import type { GrantSession } from "#lib/services/calls/grantSession.ts";
import { logNotMade } from "#lib/services/switching/migrationLog.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { createRetryAt, repeatAt } from "./backoff.ts";
import type { Claim } from "./claim.ts";
import { words, writeFailure } from "./failure.ts";

/** failed: never again for this wish. respent: again, under another key. later: the same row again. */
type Verdict = "failed" | "respent" | "later";

/**
 * Writes the outcome of a create (or of a look or poll that stands for one).
 * `outcomeStillUnknown`: an earlier answer was lost, and this call didn't tell whether the meeting exists.
 */
export async function recordRefusal(
  ctx: Context,
  claim: Claim,
  grantSession: GrantSession,
  refused: ProviderError,
  outcomeStillUnknown = false,
): Promise<void> {
  const { row } = claim;
  const error = spoilt(claim, grantSession, refused, ctx.clock());
  const verdict = verdictOf(error);
  let nextAttemptAt: Date | null = null;
  await writeFailure(ctx, claim, grantSession, error, async (trx, now) => {
    // Its room may have been lost while the call was under way; then it can wait less long.
    const session = (await sessionById(trx, row.session_id)) ?? claim.session;
    const when = againAt(ctx, { ...claim, session }, grantSession, error, outcomeStillUnknown);
    nextAttemptAt = when;
    const change =
      verdict === "later"
        ? {
            ...afterAnswer(row, error, outcomeStillUnknown, now),
            lookups: 0,
            next_attempt_at: when,
          }
        : {
            state: "abandoned" as const,
            closed_at: now,
            outcome_unknown: false,
            // What an earlier try has asked for may still be made.
            ...(row.attempts > 1 && firstOrphanScan(now)),
          };
    const alongside = async () => {
      if (error.leftover) {
        await insertMeeting(trx, orphanRow(ctx.newId(), claim, error.leftover, now));
      }
      if (verdict === "respent") await askAnew(ctx, trx, claim, when, now);
      const known = { ...words(error), attempts: row.attempts };
      if (verdict === "failed") await endOpenMove(trx, row, { ...known, state: "failed" }, now);
      else {
        const waiting = { state: waitingState(error.code), next_attempt_at: when };
        await changeOpenMove(trx, row, { ...known, ...waiting }, now);
      }
    };
    return { change, alongside };
  });
  logNotMade(ctx, verdict === "failed" ? "error" : "warn", {
    tutorId: row.tutor_id,
    sessionId: row.session_id,
    meetingId: row.id,
    code: error.code,
    detail: error.message,
    nextAttemptAt,
  });
}

function againAt(
  ctx: Context,
  claim: Claim,
  grantSession: GrantSession,
  error: ProviderError,
  outcomeStillUnknown: boolean,
): Date {
  const backoff = createRetryAt(ctx, claim, grantSession, error, outcomeStillUnknown);
  // Only a look that was in vain ends so: what comes next is another create.
  const isInVain = error.keySpent && error.code === "outcome_unknown";
  return isInVain ? latest(backoff, repeatAt(claim, ctx.clock())) : backoff;
}

/**
 * The create that was just made may have been carried out, or an earlier one is still looked for. Whatever its status
 * was, the provider may count it, so we do: a lesson that always fails must not use up its account's day.
 */
function afterAnswer(row: Meeting, error: ProviderError, stillUnknown: boolean, now: Date) {
  if (stillUnknown) return { outcome_unknown: true, lookup_place: row.lookup_place };
  const known = { outcome_unknown: false, lookup_place: null };
  if (error.code !== "outcome_unknown") return known;
  const isSilent = error.status === undefined || error.status >= 500;
  return { ...known, outcome_unknown: true, ...unclearWrite(row, now, { isSilent }) };
}

/**
 * Where the key finds the meeting, another create of it meets the same answer. One that goes on succeeding without a room
 * is given up for another.
 */
function spoilt(
  { row }: Claim,
  { provider }: GrantSession,
  error: ProviderError,
  now: Date,
): ProviderError {
  const { code, status, message, said } = error;
  const showsNoRoom = code === "outcome_unknown" && status !== undefined && status < 300;
  if (!showsNoRoom || provider.lookupDelays.length > 0 || !isMadeForTooLong(row, now)) return error;
  return new ProviderError("unavailable", message, {
    said,
    keySpent: true,
    leftover: row.key,
    cause: error,
  });
}

function verdictOf(error: ProviderError): Verdict {
  if (error.class === "permanent") return "failed";
  return error.keySpent || error.class === "done" ? "respent" : "later";
}

/** The next try needs another key, so another row; it goes on counting where this one stopped. */
const askAnew = (ctx: Context, trx: Trx, claim: Claim, when: Date, now: Date): Promise<Meeting> =>
  insertMeeting(trx, {
    ...repeatRow(ctx.newId(), claim, now),
    attempts: claim.row.attempts,
    unclear_at: claim.row.unclear_at,
    unclear_writes: claim.row.unclear_writes,
    silent_writes: claim.row.silent_writes,
    next_attempt_at: when,
  });
