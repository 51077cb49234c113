/** Steps towards a new meeting: make it, look for it after a lost answer, ask for its link. */
import { addSeconds } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import type { Meeting as MadeMeeting, Page } from "#lib/providers/provider.ts";
import { installationId } from "#lib/records/installation/queries.ts";
import { answerMeeting } from "#lib/records/meetings/queries.ts";
import {
  firstOrphanScan,
  isLookedForInVain,
  isMadeForTooLong,
  type Meeting,
} from "#lib/records/meetings/rules.ts";
import { callWithPermit } from "#lib/services/calls/callWithPermit.ts";
import { type GrantSession, openGrant } from "#lib/services/calls/grantSession.ts";
import { acquirePermit, awaitPermit } from "#lib/services/calls/permits.ts";
import { logMoved, logMoving } from "#lib/services/switching/migrationLog.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { type Claim, claimCreate, type WantedMeeting } from "./claim.ts";
import { claimWithPermit, unclaimed } from "./claimWithPermit.ts";
import { repeatAt } from "./createBackoff.ts";
import { postponeCreate } from "./postpone.ts";
import { recordRefusal } from "./refusal.ts";
import { swapIn } from "./swap.ts";

/** While Google makes a conference, its link is asked for each second, and more rarely if that takes long. */
const pollSeconds = (attempts: number) => Math.min(Math.max(1, attempts - 5), 60);

/**
 * `hasRoom`: the lesson's present room lives, so it can wait. `urgent`: it has none and is near. `isRepeated`: it has been
 * asked for in vain today, so another try leaves the reserve alone unless it is urgent. `inOrder` keeps the turns in the order of
 * the steps, so that of a day's last ones the soonest lessons have them; and one waits at a time, so that
 * a slow pace sends nobody away.
 */
export async function makeMeeting(
  ctx: Context,
  want: WantedMeeting & { hasRoom: boolean; urgent: boolean; isRepeated: boolean },
  inOrder: <T>(work: () => Promise<T>) => Promise<T>,
): Promise<boolean> {
  const installation = await installationId(ctx.db);
  // Tokens first, and all else that takes time: the lease of the row covers one call and nothing before it.
  const { grantSession, permit } = await inOrder(async () => {
    const grantSession = await openGrant(ctx, want.grantId);
    const permit = await acquirePermit(ctx, grantSession, {
      kind: "create",
      reserved: !want.hasRoom && (want.urgent || !want.isRepeated),
      urgent: want.urgent,
    });
    if (!(permit instanceof ProviderError)) await awaitPermit(ctx, permit);
    return { grantSession, permit };
  });
  if (permit instanceof ProviderError) return postponeCreate(ctx, want, permit);
  const claim = await claimCreate(ctx, want);
  if (!claim) return unclaimed(ctx, permit);
  const ids = { tutorId: want.tutorId, sessionId: want.sessionId, meetingId: claim.row.id };
  if (claim.inMigration) logMoving(ctx, ids);
  const request = {
    key: claim.row.key,
    installationId: installation,
    title: claim.row.title,
    startsAt: claim.row.starts_at,
    durationMinutes: claim.row.duration_minutes,
    timeZone: claim.timeZone,
  };
  return conclude(ctx, claim, grantSession, () =>
    callWithPermit(ctx, permit, want.sessionId, () =>
      grantSession.provider.createMeeting(grantSession.access, request),
    ),
  );
}

/** The meeting exists; its link is still being made. */
export async function pollMeeting(ctx: Context, seen: Meeting, urgent: boolean): Promise<boolean> {
  const taken = await claimWithPermit(ctx, seen, { kind: "get", urgent });
  if (typeof taken === "boolean") return taken;
  const { grantSession, claim, withPermit } = taken;
  return conclude(ctx, claim, grantSession, () =>
    withPermit(() =>
      grantSession.provider.getMeeting(grantSession.access, seen.external_id ?? seen.key),
    ),
  );
}

/**
 * An answer was lost. Each step reads one page of the account's list, and the row keeps the place. Found: the meeting is
 * taken as if the answer had come. Not found at the last look: for a wish that stands it is made again, a few times a
 * day, for one that doesn't the row is given up.
 */
export async function lookUpMeeting(
  ctx: Context,
  seen: Meeting,
  urgent: boolean,
): Promise<boolean> {
  const installation = await installationId(ctx.db);
  const taken = await claimWithPermit(ctx, seen, { kind: "find", urgent });
  if (typeof taken === "boolean") return taken;
  const { grantSession, claim, withPermit } = taken;
  const of = { key: claim.row.key, installationId: installation };
  let page: Page<MadeMeeting | null>;
  try {
    page = await withPermit(() =>
      grantSession.provider.findMeeting(grantSession.access, of, claim.row.lookup_place),
    );
  } catch (error) {
    return recordLookupFailure(ctx, claim, grantSession, asProviderError(error), urgent);
  }
  const { here: made, next: place } = page;
  if (made) return conclude(ctx, claim, grantSession, async () => made);
  const now = ctx.clock();
  if (place !== null) {
    const goOn = { lookup_place: place, next_attempt_at: now };
    return asService(ctx.db, (trx) => answerMeeting(trx, claim.row, goOn, now));
  }
  const lookups = claim.row.lookups + 1;
  const delays = grantSession.provider.lookupDelays;
  const next = delays[lookups];
  if (next === undefined) return recordNotFound(ctx, claim, lookups);
  const again = addSeconds(now, next - (delays[lookups - 1] ?? 0));
  const change = { lookups, lookup_place: null, next_attempt_at: again };
  return asService(ctx.db, (trx) => answerMeeting(trx, claim.row, change, now));
}

/** If it is there after all, the scan for orphans finds it. */
function recordNotFound(ctx: Context, { row, session }: Claim, lookups: number): Promise<boolean> {
  const now = ctx.clock();
  const change = {
    lookups,
    lookup_place: null,
    outcome_unknown: false,
    next_attempt_at: repeatAt({ row, session }, now),
    ...firstOrphanScan(now),
  };
  return asService(ctx.db, (trx) => answerMeeting(trx, row, change, now));
}

/**
 * The look itself failed, so nothing is known yet: it stays unsure and is looked for again, from where it was unless the
 * place is refused. But a list may fail for as long as it likes, and the lesson is to have a room: in the end one is
 * made under another key, and the scan for orphans takes care of the first.
 */
async function recordLookupFailure(
  ctx: Context,
  { row, ...claimed }: Claim,
  grantSession: GrantSession,
  error: ProviderError,
  urgent: boolean,
): Promise<boolean> {
  const place = error.class === "wait" && error.code !== "refused" ? row.lookup_place : null;
  const claim = { ...claimed, row: { ...row, lookup_place: place } };
  if (error.keySpent || error.class === "reconnect") {
    await recordRefusal(ctx, claim, grantSession, error, !error.keySpent);
    return true;
  }
  const isInVain = isLookedForInVain(row, urgent, ctx.clock());
  const unknown = new ProviderError("outcome_unknown", error.message, {
    keySpent: isInVain,
    ...(error.retryAt && { retryAt: error.retryAt }),
    said: error.said,
    cause: error,
  });
  await recordRefusal(ctx, claim, grantSession, unknown, !isInVain);
  return true;
}

/** @returns false where another attempt owns the row by now */
async function conclude(
  ctx: Context,
  claim: Claim,
  grantSession: GrantSession,
  call: () => Promise<MadeMeeting>,
): Promise<boolean> {
  let made: MadeMeeting;
  try {
    made = await call();
  } catch (error) {
    await recordRefusal(ctx, claim, grantSession, asProviderError(error), claim.outcomeWasUnknown);
    return true;
  }
  if (made.state === "pending") return recordPending(ctx, claim, grantSession, made.externalId);
  const outcome = await swapIn(ctx, claim.row, made);
  const ids = { tutorId: claim.row.tutor_id, sessionId: claim.session.id, meetingId: claim.row.id };
  if (outcome.kind === "swapped") {
    if (outcome.inMigration) logMoved(ctx, ids, claim.row.provider);
    else ctx.log.info(ids, "Lesson has its room");
  } else {
    ctx.log.info({ ...ids, outcome: outcome.kind }, "A meeting came too late for its lesson");
  }
  return outcome.kind !== "fenced";
}

/** The meeting exists, and its link is waited for; but not for ever: then another is made, and this one is deleted. */
async function recordPending(
  ctx: Context,
  claim: Claim,
  grantSession: GrantSession,
  externalId: string,
): Promise<boolean> {
  const now = ctx.clock();
  const { row } = claim;
  const isNew = row.external_id === null;
  if (!isNew && isMadeForTooLong(row, now)) {
    const spent = { keySpent: true, leftover: externalId };
    const error = new ProviderError("unavailable", "The room doesn't get ready", spent);
    await recordRefusal(ctx, claim, grantSession, error);
    return true;
  }
  const change = {
    external_id: externalId,
    outcome_unknown: false,
    next_attempt_at: addSeconds(now, pollSeconds(row.attempts)),
    ...(isNew && { unclear_at: now }),
  };
  return asService(ctx.db, (trx) => answerMeeting(trx, row, change, now));
}

function asProviderError(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  throw error;
}
