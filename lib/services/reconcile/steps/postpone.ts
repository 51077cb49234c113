/**
 * A step whose turn hasn't come: no call was made and nothing was claimed, so it is no attempt. The date
 * goes onto the row, where the plan and the sweep find it like any other.
 */
import { asService, type Trx } from "#lib/platform/db.ts";
import type { ProviderError } from "#lib/providers/errors.ts";
import { answerMeeting } from "#lib/records/meetings/queries.ts";
import type { Meeting } from "#lib/records/meetings/rules.ts";
import { changeOpenMove } from "#lib/records/migrations/queries.ts";
import { waitingState } from "#lib/records/migrations/rules.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import { sessionById } from "#lib/records/sessions/queries.ts";
import { inTime } from "#lib/records/sessions/rules.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { words } from "./failure.ts";

/** @returns false where the row has moved on since it was seen */
export async function postponeRow(
  ctx: Context,
  seen: Meeting,
  why: ProviderError,
): Promise<boolean> {
  const isRecorded = await asService(ctx.db, async (trx) => {
    await lockTutor(trx, seen.tutor_id);
    return postpone(trx, seen, why, ctx.clock());
  });
  if (isRecorded) log(ctx, seen, why);
  return isRecorded;
}

/** Within the tutor's lock. */
async function postpone(trx: Trx, row: Meeting, why: ProviderError, now: Date): Promise<boolean> {
  const until = why.retryAt ?? now;
  const waits = row.state === "intended" ? await sessionById(trx, row.session_id) : undefined;
  const change = { next_attempt_at: inTime(waits, until, now), ...words(why) };
  // Nothing was asked, so nothing was answered.
  const { refused_since } = row;
  if (!(await answerMeeting(trx, row, { ...change, refused_since }, now))) return false;
  if (row.state !== "intended") return true;
  await changeOpenMove(trx, row, { ...change, state: waitingState(why.code) }, now);
  return true;
}

/** Where a provider is down every lesson comes by here each time: that is no news. */
function log(ctx: Context, row: Meeting, { code, retryAt }: ProviderError): void {
  ctx.log[code === "daily_limit" ? "info" : "debug"](
    { tutorId: row.tutor_id, sessionId: row.session_id, meetingId: row.id, code, until: retryAt },
    "A lesson waits for its turn at the provider",
  );
}
