/** Steps that tell the provider the time and title of a room in use. */
import { asService } from "#lib/platform/db.ts";
import { isAsTold } from "#lib/providers/asTold.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import type { Meeting as FoundMeeting } from "#lib/providers/provider.ts";
import { isSameMinute } from "#lib/providers/wire.ts";
import { isSpelling } from "#lib/records/meetings/queries/checks.ts";
import { answerMeeting, changeIdleMeeting } from "#lib/records/meetings/queries.ts";
import { type Meeting, nextWriteAt, unclearWrite } from "#lib/records/meetings/rules.ts";
import type { Session } from "#lib/records/sessions/rules.ts";
import { afterRepair, answerOf } from "#lib/services/drift/compareRoom.ts";
import { recordLost } from "#lib/services/drift/recordLost.ts";
import type { Context } from "#lib/services/verb/context.ts";
import type { Claim } from "./claim.ts";
import { claimWithPermit } from "./claimWithPermit.ts";
import { attempt, recordFailedCall, words } from "./failedCall.ts";

/**
 * The lesson was moved: its room gets the new time and title. Or its room was changed past us and is told again what
 * it was told. Such a repair can wait, and so can a second try of a change whose answer was unclear: both leave the
 * reserve alone.
 */
export async function updateMeeting(
  ctx: Context,
  seen: Meeting,
  lesson: Session | undefined,
): Promise<boolean> {
  const isRepair = lesson !== undefined && wasTold(seen, lesson);
  if (isRepair && (await isSpelledSo(ctx, seen))) return settleSpelling(ctx, seen, lesson);
  const row = seen.unclear_revision === null ? seen : await lookFirst(ctx, seen);
  if (typeof row === "boolean") return row;
  const isAgain = seen.unclear_revision === lesson?.revision;
  return tell(ctx, row, { kind: isRepair ? "repair" : "update", reserved: !isRepair && !isAgain });
}

async function tell(
  ctx: Context,
  seen: Meeting,
  ask: { kind: "repair" | "update"; reserved: boolean },
): Promise<boolean> {
  const taken = await claimWithPermit(ctx, seen, ask);
  if (typeof taken === "boolean") return taken;
  const { grantSession, claim, withPermit } = taken;
  const { row, session } = claim;
  const times = {
    title: session.title,
    startsAt: session.scheduled_start_at,
    durationMinutes: session.duration_minutes,
    timeZone: claim.timeZone,
  };
  const answer = await attempt(ctx, row, () =>
    withPermit(() =>
      grantSession.provider.updateMeeting(grantSession.access, row.external_id ?? row.key, times),
    ),
  );
  if (!(answer instanceof ProviderError)) return recordTold(ctx, claim, answer);
  if (answer.code === "gone") {
    await recordLost(ctx, row);
  } else if (answer.code === "outcome_unknown") {
    const now = ctx.clock();
    const unclear = unclearWrite(row, now);
    await recordFailedCall(ctx, claim, grantSession, answer, {
      ...unclear,
      unclear_revision: session.revision,
      notBefore: nextWriteAt(unclear, now),
    });
  } else if (answer.class !== "permanent") {
    await recordFailedCall(ctx, claim, grantSession, answer);
  } else {
    // Refused for good: the room keeps its old time at the provider, but it opens all the same.
    const refused = { revision: session.revision, ...words(answer) };
    await settle(ctx, row, refused);
  }
  return true;
}

/**
 * The provider counts each write, and the last one may have been made, so the meeting is looked at before it is told
 * again.
 * @returns the row as it is now, where the write is to be made; otherwise the step's outcome
 */
async function lookFirst(ctx: Context, seen: Meeting): Promise<Meeting | boolean> {
  const taken = await claimWithPermit(ctx, seen, { kind: "get" });
  if (typeof taken === "boolean") return taken;
  const { grantSession, claim, withPermit } = taken;
  const { row, session } = claim;
  const found = await attempt(ctx, row, () =>
    withPermit(() =>
      grantSession.provider.getMeeting(grantSession.access, row.external_id ?? row.key),
    ),
  );
  if (found instanceof ProviderError) {
    if (found.code === "gone") await recordLost(ctx, row);
    else await recordFailedCall(ctx, claim, grantSession, found);
    return true;
  }
  const told = { title: session.title, startsAt: session.scheduled_start_at };
  const { titleLength } = grantSession.provider.budget;
  if (found.state === "ready" && isAsTold(found, told, titleLength)) {
    return recordTold(ctx, claim, found);
  }
  const now = ctx.clock();
  const isOurs = await asService(ctx.db, (trx) => answerMeeting(trx, row, {}, now));
  return isOurs && row;
}

/** The room has the lesson's time and title. */
function recordTold(
  ctx: Context,
  { row, session }: Claim,
  answer: FoundMeeting | null,
): Promise<boolean> {
  return settle(ctx, row, {
    title: session.title,
    starts_at: session.scheduled_start_at,
    duration_minutes: session.duration_minutes,
    revision: session.revision,
    ...afterUpdate(row, session, answer),
    error_code: null,
    error_detail: null,
  });
}

async function settle(
  ctx: Context,
  row: Meeting,
  change: Parameters<typeof answerMeeting>[2],
): Promise<true> {
  const done = { ...change, unclear_revision: null, attempts: 0, next_attempt_at: null };
  await asService(ctx.db, (trx) => answerMeeting(trx, row, done, ctx.clock()));
  return true;
}

const wasTold = (row: Meeting, lesson: Session): boolean =>
  row.title === lesson.title &&
  row.starts_at.getTime() === lesson.scheduled_start_at.getTime() &&
  row.duration_minutes === lesson.duration_minutes;

/** Another time or title has no difference to remember. */
function afterUpdate(row: Meeting, lesson: Session, answer: FoundMeeting | null) {
  const remembered = wasTold(row, lesson) ? {} : { repaired_title: null, repaired_starts_at: null };
  const now = { ...row, ...remembered, starts_at: lesson.scheduled_start_at };
  return { ...remembered, ...answerOf(now, answer), ...afterRepair(now, answer) };
}

/** All that differs is a title that other rooms of the account have shown to be the provider's spelling. */
async function isSpelledSo(ctx: Context, row: Meeting): Promise<boolean> {
  const { repaired_starts_at: found, answered_starts_at: answered, starts_at: told } = row;
  if (found !== null && !isSameMinute(found, answered ?? told)) return false;
  return asService(ctx.db, (trx) => isSpelling(trx, row));
}

const settleSpelling = (ctx: Context, row: Meeting, { revision }: Session): Promise<boolean> =>
  asService(ctx.db, (trx) =>
    changeIdleMeeting(
      trx,
      row.id,
      ["live"],
      {
        revision,
        answered_title: row.repaired_title,
        unclear_revision: null,
        attempts: 0,
        next_attempt_at: null,
        error_code: null,
        error_detail: null,
      },
      ctx.clock(),
    ),
  );
