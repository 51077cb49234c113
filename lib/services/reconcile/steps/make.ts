/** Steps towards a new meeting: make it, and ask for its link. */
import { addSeconds } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import type { Meeting as MadeMeeting, MeetingRequest } from "#lib/providers/provider.ts";
import { installationId } from "#lib/records/installation/queries.ts";
import { answerMeeting } from "#lib/records/meetings/queries.ts";
import { isMadeForTooLong } from "#lib/records/meetings/rules.ts";
import type { GrantSession } from "#lib/services/calls/grantSession.ts";
import type { Ask } from "#lib/services/calls/permits.ts";
import { logMoved, logMoving } from "#lib/services/switching/migrationLog.ts";
import type { Context } from "#lib/services/verb/context.ts";
import type { Claim } from "./claim.ts";
import { recordRefusal } from "./refusal.ts";
import { type Alongside, runCall, type Turn } from "./runCall.ts";
import { swapIn } from "./swap.ts";

/** While Google makes a conference, its link is asked for each second, and more rarely if that takes long. */
const pollSeconds = (attempts: number) => Math.min(Math.max(1, attempts - 5), 60);

export async function makeMeeting(
  ctx: Context,
  turn: Turn,
  ask: Pick<Ask, "reserved" | "urgent">,
): Promise<boolean> {
  const installation = await installationId(ctx.db);
  return runCall(ctx, turn, {
    ask: { kind: "create", ...ask },
    make: async ({ provider, access }, claim) => {
      if (claim.inMigration) logMoving(ctx, idsOf(claim.row));
      return provider.createMeeting(access, requestFor(claim, installation));
    },
    answered: (...answer) => conclude(ctx, ...answer),
    failed: (claim, error, grantSession) =>
      recordRefusal(ctx, claim, grantSession, error, claim.outcomeWasUnknown),
  });
}

const requestFor = ({ row, timeZone }: Claim, installation: string): MeetingRequest => ({
  key: row.key,
  installationId: installation,
  title: row.title,
  startsAt: row.starts_at,
  durationMinutes: row.duration_minutes,
  timeZone,
});

/** The meeting exists; its link is still being made. */
export const pollMeeting = (ctx: Context, turn: Turn, urgent: boolean): Promise<boolean> =>
  runCall(ctx, turn, {
    ask: { kind: "get", urgent },
    make: ({ provider, access }, { row }) =>
      provider.getMeeting(access, row.external_id ?? row.key),
    answered: (...answer) => conclude(ctx, ...answer),
    failed: (claim, error, grantSession) =>
      recordRefusal(ctx, claim, grantSession, error, claim.outcomeWasUnknown),
  });

/** What was made becomes the lesson's room. @returns false where another attempt owns the row by now */
export async function conclude(
  ctx: Context,
  claim: Claim,
  made: MadeMeeting,
  grantSession: GrantSession,
  alongside: Alongside,
): Promise<boolean> {
  if (made.state === "pending") return recordPending(ctx, claim, made.externalId, grantSession);
  const outcome = await swapIn(ctx, claim.row, made, alongside);
  const ids = idsOf(claim.row);
  if (outcome.kind === "swapped") {
    if (outcome.inMigration) logMoved(ctx, ids, claim.row.provider);
    else ctx.log.info(ids, "Lesson has its room");
  } else {
    ctx.log.info({ ...ids, outcome: outcome.kind }, "A meeting came too late for its lesson");
  }
  return outcome.kind !== "fenced";
}

const idsOf = (row: Claim["row"]) => ({
  tutorId: row.tutor_id,
  sessionId: row.session_id,
  meetingId: row.id,
});

/** The meeting exists, and its link is waited for; but not for ever: then another is made, and this one is deleted. */
async function recordPending(
  ctx: Context,
  claim: Claim,
  externalId: string,
  grantSession: GrantSession,
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
