/** Steps towards a new meeting: make it, look for it after a lost answer, ask for its link. */
import { addSeconds } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import type { Meeting as MadeMeeting } from "#lib/providers/provider.ts";
import { installationId } from "#lib/records/meetings/installation.ts";
import { answerMeeting, type Meeting } from "#lib/records/meetings/queries.ts";
import type { Context } from "#lib/services/context.ts";
import { type GrantInHand, takeGrant } from "#lib/services/useGrant.ts";
import { type Claim, claimCreate, claimRow } from "./claim.ts";
import { noteRefusal } from "./refusal.ts";
import { swapIn } from "./swap.ts";

/** While Google makes a conference, its link is asked for after a second, and each time a second later. */
const pollSeconds = (attempts: number) => Math.min(attempts, 60);

export async function makeMeeting(
  ctx: Context,
  want: { tutorId: string; sessionId: string; meetingId: string | null; grantId: string },
): Promise<void> {
  // Tokens first: the lease of the row covers one call, not a refresh before it.
  const hand = await takeGrant(ctx, want.grantId);
  const claim = await claimCreate(ctx, want);
  if (!claim) return;
  const ids = { tutorId: want.tutorId, sessionId: want.sessionId, meetingId: claim.row.id };
  if (claim.inMigration) ctx.log.info(ids, `🔄 Migrating session ${want.sessionId}...`);
  await conclude(ctx, claim, hand, async () =>
    hand.provider.createMeeting(hand.access, {
      key: claim.row.key,
      installationId: await installationId(ctx.db),
      title: claim.row.title,
      startsAt: claim.row.starts_at,
      durationMinutes: claim.row.duration_minutes,
      timeZone: claim.timeZone,
    }),
  );
}

/** The meeting exists; its link is still being made. */
export async function pollMeeting(ctx: Context, seen: Meeting): Promise<void> {
  const hand = await takeGrant(ctx, grantOf(seen));
  const claim = await claimRow(ctx, seen);
  if (!claim) return;
  await conclude(ctx, claim, hand, () =>
    hand.provider.getMeeting(hand.access, seen.external_id ?? seen.key),
  );
}

/**
 * An answer was lost. Found: the meeting is taken as if the answer had come. Not found at the last
 * look: for a wish that stands it is made again, for one that doesn't the row is given up.
 */
export async function lookForMeeting(ctx: Context, seen: Meeting): Promise<void> {
  const hand = await takeGrant(ctx, grantOf(seen));
  const claim = await claimRow(ctx, seen);
  if (!claim) return;
  const { key } = claim.row;
  let found: MadeMeeting | null;
  try {
    found = await hand.provider.findMeeting(hand.access, {
      key,
      installationId: await installationId(ctx.db),
    });
  } catch (error) {
    await noteLookFailed(ctx, claim, hand, asProviderError(error));
    return;
  }
  if (found) {
    const made = found;
    await conclude(ctx, claim, hand, async () => made);
    return;
  }
  const looks = claim.row.looks + 1;
  const delays = hand.provider.lookDelays;
  const next = delays[looks];
  const now = ctx.clock();
  const change =
    next === undefined
      ? { looks, unsure: false, next_attempt_at: now }
      : { looks, next_attempt_at: addSeconds(now, next - (delays[looks - 1] ?? 0)) };
  await asService(ctx.db, (trx) => answerMeeting(trx, claim.row, change, now));
}

/** The look itself failed, so nothing is known yet: it stays unsure and is looked for again. */
function noteLookFailed(
  ctx: Context,
  claim: Claim,
  hand: GrantInHand,
  error: ProviderError,
): Promise<void> {
  if (error.keySpent || error.class === "reconnect") {
    return noteRefusal(ctx, claim, hand, error, !error.keySpent);
  }
  const unknown = new ProviderError("outcome_unknown", error.message, {
    ...(error.retryAt && { retryAt: error.retryAt }),
    cause: error,
  });
  return noteRefusal(ctx, claim, hand, unknown, true);
}

async function conclude(
  ctx: Context,
  claim: Claim,
  hand: GrantInHand,
  call: () => Promise<MadeMeeting>,
): Promise<void> {
  let made: MadeMeeting;
  try {
    made = await call();
  } catch (error) {
    await noteRefusal(ctx, claim, hand, asProviderError(error));
    return;
  }
  if (made.state === "pending") {
    const { externalId } = made;
    const now = ctx.clock();
    await asService(ctx.db, (trx) =>
      answerMeeting(
        trx,
        claim.row,
        {
          external_id: externalId,
          unsure: false,
          next_attempt_at: addSeconds(now, pollSeconds(claim.row.attempts)),
        },
        now,
      ),
    );
    return;
  }
  const outcome = await swapIn(ctx, claim.row, made);
  const ids = { tutorId: claim.row.tutor_id, sessionId: claim.session.id, meetingId: claim.row.id };
  if (outcome.kind === "swapped") {
    ctx.log.info(
      ids,
      outcome.inMigration
        ? `✅ Successfully migrated session ${claim.session.id} to ${claim.row.provider}`
        : "Lesson has its room",
    );
  } else {
    ctx.log.info({ ...ids, outcome: outcome.kind }, "A meeting came too late for its lesson");
  }
}

function grantOf(row: Meeting): string {
  if (row.grant_id === null) throw new Error(`Meeting ${row.id} was made by hand, without a grant`);
  return row.grant_id;
}

function asProviderError(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  throw error;
}
