/** Steps towards a new meeting: make it, look for it after a lost answer, ask for its link. */
import { addSeconds } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import type { Meeting as MadeMeeting } from "#lib/providers/provider.ts";
import { installationId } from "#lib/records/meetings/queries/installation.ts";
import { answerMeeting } from "#lib/records/meetings/queries.ts";
import { firstStrayLook, type Meeting } from "#lib/records/meetings/rules.ts";
import { callInTurn } from "#lib/services/calls/callWithPermit.ts";
import { type GrantInHand, takeGrant } from "#lib/services/calls/grantSession.ts";
import { takeTurn, turnComes } from "#lib/services/calls/permits.ts";
import type { Context } from "#lib/services/context.ts";
import { type Claim, type CreateWish, claimCreate } from "./claim.ts";
import { claimInTurn, unclaimed } from "./claimWithPermit.ts";
import { postponeCreate } from "./postpone.ts";
import { noteRefusal } from "./refusal.ts";
import { swapIn } from "./swap.ts";

/** While Google makes a conference, its link is asked for each second, and more rarely if that takes long. */
const pollSeconds = (attempts: number) => Math.min(Math.max(1, attempts - 5), 60);

/**
 * `hasRoom`: the lesson's present room lives, so it can wait. `inOrder` keeps the turns in the order of
 * the steps, so that of a day's last ones the soonest lessons have them; and one waits at a time, so that
 * a slow pace sends nobody away.
 */
export async function makeMeeting(
  ctx: Context,
  want: CreateWish & { hasRoom: boolean },
  inOrder: <T>(work: () => Promise<T>) => Promise<T>,
): Promise<boolean> {
  const installation = await installationId(ctx.db);
  // Tokens first, and all else that takes time: the lease of the row covers one call and nothing before it.
  const { hand, turn } = await inOrder(async () => {
    const hand = await takeGrant(ctx, want.grantId);
    const turn = await takeTurn(ctx, hand, { kind: "create", reserved: !want.hasRoom });
    if (!(turn instanceof ProviderError)) await turnComes(ctx, turn);
    return { hand, turn };
  });
  if (turn instanceof ProviderError) return postponeCreate(ctx, want, turn);
  const claim = await claimCreate(ctx, want);
  if (!claim) return unclaimed(ctx, turn);
  const ids = { tutorId: want.tutorId, sessionId: want.sessionId, meetingId: claim.row.id };
  if (claim.inMigration) ctx.log.info(ids, `🔄 Migrating session ${want.sessionId}...`);
  const request = {
    key: claim.row.key,
    installationId: installation,
    title: claim.row.title,
    startsAt: claim.row.starts_at,
    durationMinutes: claim.row.duration_minutes,
    timeZone: claim.timeZone,
  };
  return conclude(ctx, claim, hand, () =>
    callInTurn(ctx, turn, want.sessionId, () => hand.provider.createMeeting(hand.access, request)),
  );
}

/** The meeting exists; its link is still being made. */
export async function pollMeeting(ctx: Context, seen: Meeting): Promise<boolean> {
  const taken = await claimInTurn(ctx, seen, { kind: "get" });
  if (typeof taken === "boolean") return taken;
  const { hand, claim, inTurn } = taken;
  return conclude(ctx, claim, hand, () =>
    inTurn(() => hand.provider.getMeeting(hand.access, seen.external_id ?? seen.key)),
  );
}

/**
 * An answer was lost. Found: the meeting is taken as if the answer had come. Not found at the last
 * look: for a wish that stands it is made again, for one that doesn't the row is given up.
 */
export async function lookForMeeting(ctx: Context, seen: Meeting): Promise<boolean> {
  const installation = await installationId(ctx.db);
  const taken = await claimInTurn(ctx, seen, { kind: "find" });
  if (typeof taken === "boolean") return taken;
  const { hand, claim, inTurn } = taken;
  const of = { key: claim.row.key, installationId: installation };
  let found: MadeMeeting | null;
  try {
    found = await inTurn(() => hand.provider.findMeeting(hand.access, of));
  } catch (error) {
    await noteLookFailed(ctx, claim, hand, asProviderError(error));
    return true;
  }
  if (found) {
    const made = found;
    return conclude(ctx, claim, hand, async () => made);
  }
  const looks = claim.row.looks + 1;
  const delays = hand.provider.lookDelays;
  const next = delays[looks];
  const now = ctx.clock();
  const change =
    next === undefined
      ? { looks, unsure: false, next_attempt_at: now, ...firstStrayLook(now) }
      : { looks, next_attempt_at: addSeconds(now, next - (delays[looks - 1] ?? 0)) };
  return asService(ctx.db, (trx) => answerMeeting(trx, claim.row, change, now));
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

/** @returns false where another attempt owns the row by now */
async function conclude(
  ctx: Context,
  claim: Claim,
  hand: GrantInHand,
  call: () => Promise<MadeMeeting>,
): Promise<boolean> {
  let made: MadeMeeting;
  try {
    made = await call();
  } catch (error) {
    await noteRefusal(ctx, claim, hand, asProviderError(error), claim.wasUnsure);
    return true;
  }
  if (made.state === "pending") {
    const { externalId } = made;
    const now = ctx.clock();
    return asService(ctx.db, (trx) =>
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
  return outcome.kind !== "fenced";
}

function asProviderError(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  throw error;
}
