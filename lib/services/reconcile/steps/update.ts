/** Steps that tell the provider the time and title of a room in use. */
import { asService } from "#lib/platform/db.ts";
import { isAsTold } from "#lib/providers/asTold.ts";
import type { ProviderError } from "#lib/providers/errors.ts";
import type { Meeting as FoundMeeting } from "#lib/providers/provider.ts";
import { isSameMinute } from "#lib/providers/wire.ts";
import { isSpelling } from "#lib/records/meetings/queries/checks.ts";
import { answerMeeting, changeIdleMeeting } from "#lib/records/meetings/queries.ts";
import { atRest, type Meeting, nextWriteAt, unclearWrite } from "#lib/records/meetings/rules.ts";
import type { Session } from "#lib/records/sessions/rules.ts";
import type { GrantSession } from "#lib/services/calls/grantSession.ts";
import { afterRepair, answerOf } from "#lib/services/drift/compareRoom.ts";
import { recordLost } from "#lib/services/drift/recordLost.ts";
import type { Context } from "#lib/services/verb/context.ts";
import type { Claim } from "./claim.ts";
import { recordFailedCall, words } from "./failure.ts";
import { runCall, type Turn } from "./runCall.ts";

/**
 * The lesson was moved: its room gets the new time and title. Or its room was changed past us and is told again what
 * it was told. Such a repair can wait, and so can a second try of a change whose answer was unclear: both leave the
 * reserve alone.
 */
export async function updateMeeting(
  ctx: Context,
  turn: Turn,
  lesson: Session | undefined,
): Promise<boolean> {
  const { row: seen } = turn;
  const isRepair = lesson !== undefined && wasTold(seen, lesson);
  if (isRepair && (await isSpelledSo(ctx, seen))) return settleSpelling(ctx, seen, lesson);
  const isAgain = seen.unclear_revision === lesson?.revision;
  const ask = {
    kind: isRepair ? ("repair" as const) : ("update" as const),
    reserved: !isRepair && !isAgain,
  };
  return seen.unclear_revision === null
    ? tell(ctx, turn, ask)
    : lookFirst(ctx, turn, (row) => tell(ctx, { ...turn, row }, ask));
}

const tell = (
  ctx: Context,
  turn: Turn,
  ask: { kind: "repair" | "update"; reserved: boolean },
): Promise<boolean> =>
  runCall(ctx, turn, {
    ask,
    make: ({ provider, access }, { row, session, timeZone }) =>
      provider.updateMeeting(access, row.external_id ?? row.key, {
        title: session.title,
        startsAt: session.scheduled_start_at,
        durationMinutes: session.duration_minutes,
        timeZone,
      }),
    answered: (claim, answer) => recordTold(ctx, claim, answer),
    failed: (claim, error, grantSession) => recordUntold(ctx, claim, error, grantSession),
  });

async function recordUntold(
  ctx: Context,
  claim: Claim,
  error: ProviderError,
  grantSession: GrantSession,
): Promise<void> {
  const { row, session } = claim;
  if (error.code === "gone") {
    await recordLost(ctx, row);
  } else if (error.code === "outcome_unknown") {
    const now = ctx.clock();
    const unclear = unclearWrite(row, now);
    await recordFailedCall(ctx, claim, grantSession, error, {
      ...unclear,
      unclear_revision: session.revision,
      notBefore: nextWriteAt(unclear, now),
    });
  } else if (error.class !== "permanent") {
    await recordFailedCall(ctx, claim, grantSession, error);
  } else {
    // Refused for good: the room keeps its old time at the provider, but it opens all the same.
    await settle(ctx, row, { revision: session.revision, ...words(error) });
  }
}

/**
 * The provider counts each write, and the last one may have been made, so the meeting is looked at before it is told
 * again. `write` is what follows where it hasn't been made, with the row as it is then.
 */
async function lookFirst(
  ctx: Context,
  turn: Turn,
  write: (row: Meeting) => Promise<boolean>,
): Promise<boolean> {
  let unmade: Meeting | null = null;
  // The write that may follow has the same place.
  const outcome = await runCall(
    ctx,
    { ...turn, ended: () => undefined },
    {
      ask: { kind: "get" },
      make: ({ provider, access }, { row }) =>
        provider.getMeeting(access, row.external_id ?? row.key),
      answered: async (claim, found, { provider }) => {
        const { row, session } = claim;
        const told = { title: session.title, startsAt: session.scheduled_start_at };
        if (found.state === "ready" && isAsTold(found, told, provider.budget.titleLength)) {
          return recordTold(ctx, claim, found);
        }
        const isOurs = await asService(ctx.db, (trx) => answerMeeting(trx, row, {}, ctx.clock()));
        if (isOurs) unmade = row;
        return isOurs;
      },
      failed: async (claim, error, grantSession) => {
        if (error.code === "gone") await recordLost(ctx, claim.row);
        else await recordFailedCall(ctx, claim, grantSession, error);
      },
    },
  );
  return unmade ? write(unmade) : outcome;
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
  });
}

async function settle(
  ctx: Context,
  row: Meeting,
  change: Parameters<typeof answerMeeting>[2],
): Promise<true> {
  await asService(ctx.db, (trx) => answerMeeting(trx, row, { ...settled, ...change }, ctx.clock()));
  return true;
}

const settled = { ...atRest, unclear_revision: null };

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
      { revision, answered_title: row.repaired_title, ...settled },
      ctx.clock(),
    ),
  );
