/** Steps on rooms that aren't wanted any more, and on what needs no call. */
import { sql } from "kysely";
import { asService } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import { answerMeeting, changeIdleMeeting } from "#lib/records/meetings/queries.ts";
import type { Meeting } from "#lib/records/meetings/rules.ts";
import { changeOpenMove } from "#lib/records/migrations/queries.ts";
import type { MigrationSessionState } from "#lib/records/migrations/rules.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import type { Step } from "#lib/services/reconcile/planner.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { claimWithPermit } from "./claimWithPermit.ts";
import { attempt, recordFailedCall, words } from "./failedCall.ts";

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
  if (!(failed instanceof ProviderError) || failed.class === "done") {
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
