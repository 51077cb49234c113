/** Steps on meetings that exist: tell the provider a new time, delete what was replaced. */
import { sql } from "kysely";
import { backoffSeconds } from "#lib/platform/backoff.ts";
import { addMinutes, addSeconds, latest } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import type { Meeting as FoundMeeting } from "#lib/providers/provider.ts";
import { answerMeeting, changeIdleMeeting } from "#lib/records/meetings/queries.ts";
import { afterRefusal, believedRefusal, type Meeting } from "#lib/records/meetings/rules.ts";
import { changeOpenMove } from "#lib/records/migrations/queries.ts";
import type { MigrationSessionState } from "#lib/records/migrations/rules.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import type { Session } from "#lib/records/sessions/rules.ts";
import type { GrantSession } from "#lib/services/calls/grantSession.ts";
import { handleGrantError } from "#lib/services/calls/handleGrantError.ts";
import { answerOf } from "#lib/services/drift/compareRoom.ts";
import { recordLost } from "#lib/services/drift/recordLost.ts";
import type { Step } from "#lib/services/reconcile/planner.ts";
import type { Context } from "#lib/services/verb/context.ts";
import type { Claim } from "./claim.ts";
import { claimWithPermit } from "./claimWithPermit.ts";

/** People may be inside; asked again when they may have left. */
const IN_PROGRESS_MINUTES = 15;

/**
 * The lesson was moved: its room gets the new time and title. Or its room was changed past us and is told again what
 * it was told; such a repair can wait, so it leaves the reserve alone.
 */
export async function updateMeeting(
  ctx: Context,
  seen: Meeting,
  lesson: Session | undefined,
): Promise<boolean> {
  const reserved = lesson === undefined || !wasTold(seen, lesson);
  const taken = await claimWithPermit(ctx, seen, { kind: "update", reserved });
  if (typeof taken === "boolean") return taken;
  const { grantSession, claim, withPermit } = taken;
  const { row, session } = claim;
  const told = {
    title: session.title,
    starts_at: session.scheduled_start_at,
    duration_minutes: session.duration_minutes,
    revision: session.revision,
  };
  const times = {
    title: told.title,
    startsAt: told.starts_at,
    durationMinutes: told.duration_minutes,
    timeZone: claim.timeZone,
  };
  let answer: FoundMeeting | null = null;
  const failed = await attempt(ctx, row, async () => {
    answer = await withPermit(() =>
      grantSession.provider.updateMeeting(grantSession.access, row.external_id ?? row.key, times),
    );
  });
  if (failed?.code === "gone") {
    await recordLost(ctx, row);
    return true;
  }
  if (failed && failed.class !== "permanent") {
    await recordFailedCall(ctx, claim, grantSession, failed);
    return true;
  }
  // Refused for good: the room keeps its old time at the provider, but it opens all the same.
  const now = ctx.clock();
  await asService(ctx.db, (trx) =>
    answerMeeting(
      trx,
      row,
      {
        ...(failed
          ? { revision: session.revision }
          : { ...told, ...afterUpdate(row, session, answer) }),
        attempts: 0,
        next_attempt_at: null,
        error_code: failed?.code ?? null,
        error_detail: failed?.said ?? null,
      },
      now,
    ),
  );
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
  return { ...remembered, ...answerOf(now, answer) };
}

/** The undo window is over: the replaced room goes, with the grant that it was made with. */
export async function deleteMeeting(ctx: Context, seen: Meeting): Promise<boolean> {
  const taken = await claimWithPermit(ctx, seen, { kind: "delete" }, "deleting");
  if (typeof taken === "boolean") return taken;
  const { grantSession, claim, withPermit } = taken;
  const { row } = claim;
  const failed = await attempt(ctx, row, () =>
    withPermit(() =>
      grantSession.provider.deleteMeeting(grantSession.access, row.external_id ?? row.key),
    ),
  );
  const now = ctx.clock();
  if (!failed || failed.class === "done") {
    const gone = {
      state: "deleted",
      closed_at: now,
      error_code: null,
      error_detail: null,
    } as const;
    await asService(ctx.db, (trx) => answerMeeting(trx, row, gone, now));
  } else if (failed.class === "permanent") {
    const stranded = { state: "stranded", closed_at: now, ...words(failed) } as const;
    await asService(ctx.db, (trx) => answerMeeting(trx, row, stranded, now));
  } else {
    await recordFailedCall(ctx, claim, grantSession, failed);
  }
  return true;
}

/** Changes of state that need no call. @returns false where the row has moved on */
export async function changeRow(
  ctx: Context,
  step: Extract<Step, { kind: "abandon" | "let_go" | "strand" }>,
): Promise<boolean> {
  const now = ctx.clock();
  const closed = { closed_at: now, next_attempt_at: null };
  const changes = {
    abandon: { from: ["intended"], to: { state: "abandoned", ...closed } },
    let_go: {
      from: ["intended"],
      to: { state: "superseded", superseded_at: now, delete_after: now, attempts: 0 },
    },
    strand: { from: ["intended", "superseded", "deleting"], to: { state: "stranded", ...closed } },
  } as const;
  const { from, to } = changes[step.kind];
  return asService(ctx.db, (trx) => changeIdleMeeting(trx, step.meetingId, [...from], to, now));
}

/**
 * The lesson's place in the migration ends without a move. Where it began before the provider took
 * it, it counts as failed; cancelled, disconnected or right already, as not needed any more.
 */
export async function giveUpMove(
  ctx: Context,
  tutorId: string,
  { sessionId, generation, tooLate }: Extract<Step, { kind: "give_up" }>,
): Promise<boolean> {
  const now = ctx.clock();
  return asService(ctx.db, async (trx) => {
    await lockTutor(trx, tutorId);
    const [move] = await changeOpenMove(
      trx,
      { tutorId, sessionId, generation },
      {
        state: tooLate
          ? sql<MigrationSessionState>`case when error_code is null then 'skipped' else 'failed' end`
          : "skipped",
        next_attempt_at: null,
        finished_at: now,
        updated_at: now,
      },
    );
    return (move?.numUpdatedRows ?? 0n) > 0n;
  });
}

async function recordFailedCall(
  ctx: Context,
  { row }: Claim,
  grantSession: GrantSession,
  error: ProviderError,
): Promise<void> {
  const now = ctx.clock();
  const usual = addSeconds(now, backoffSeconds(row.attempts, ctx.random()));
  const backoff = error.code === "refused" ? afterRefusal(row, usual, now) : usual;
  const again =
    error.code === "in_progress"
      ? addMinutes(now, IN_PROGRESS_MINUTES)
      : latest(error.retryAt ?? backoff, backoff);
  await asService(ctx.db, (trx) =>
    answerMeeting(trx, row, { next_attempt_at: again, ...words(error) }, now),
  );
  await handleGrantError(ctx, grantSession, error, row);
  ctx.log.warn(
    { tutorId: row.tutor_id, meetingId: row.id, code: error.code, detail: error.message },
    "A meeting could not be changed at the provider; tried again later",
  );
}

const words = (error: ProviderError) => ({ error_code: error.code, error_detail: error.said });

async function attempt(
  ctx: Context,
  row: Meeting,
  call: () => Promise<void>,
): Promise<ProviderError | null> {
  try {
    await call();
    return null;
  } catch (error) {
    if (error instanceof ProviderError) return believedRefusal(row, error, ctx.clock());
    throw error;
  }
}
