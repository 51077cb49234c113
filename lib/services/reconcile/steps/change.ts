/** Steps on rooms that aren't wanted any more, and on what needs no call. */
import { sql, type Updateable } from "kysely";
import type { Meetings } from "#lib/platform/database.types.ts";
import { asService, type Trx } from "#lib/platform/db.ts";
import { grantsOf } from "#lib/records/grants/queries.ts";
import { answerMeeting, changeIdleMeeting } from "#lib/records/meetings/queries.ts";
import type { Meeting } from "#lib/records/meetings/rules.ts";
import { endOpenMove } from "#lib/records/migrations/queries.ts";
import type { MigrationSessionState } from "#lib/records/migrations/rules.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import type { Step } from "#lib/services/reconcile/planner.ts";
import type { Context } from "#lib/services/verb/context.ts";
import type { Claim } from "./claim.ts";
import { recordFailedCall, words } from "./failure.ts";
import { runCall, type Turn } from "./runCall.ts";

/** The undo window is over: the replaced room goes, with the grant that it was made with. */
export const deleteMeeting = (ctx: Context, turn: Turn): Promise<boolean> =>
  runCall(ctx, turn, {
    ask: { kind: "delete" },
    to: "deleting",
    make: ({ provider, access }, { row }) =>
      provider.deleteMeeting(access, row.external_id ?? row.key),
    answered: (claim) => recordGone(ctx, claim),
    failed: async (claim, error, grantSession) => {
      if (error.class === "done") await recordGone(ctx, claim);
      else if (error.class !== "permanent") await recordFailedCall(ctx, claim, grantSession, error);
      else await close(ctx, claim, { state: "stranded", ...words(error) });
    },
  });

const recordGone = (ctx: Context, claim: Claim): Promise<boolean> =>
  close(ctx, claim, { state: "deleted", error_code: null, error_detail: null });

function close(ctx: Context, { row }: Claim, change: Updateable<Meetings>): Promise<boolean> {
  const now = ctx.clock();
  return asService(ctx.db, (trx) => answerMeeting(trx, row, { ...change, closed_at: now }, now));
}

/** Changes of state that need no call. @returns false where the row has moved on */
export async function changeRow(
  ctx: Context,
  kind: "let_go" | "strand",
  row: Meeting,
): Promise<boolean> {
  const now = ctx.clock();
  const closed = { closed_at: now, next_attempt_at: null };
  const changes = {
    let_go: {
      from: ["intended"],
      to: { state: "superseded", superseded_at: now, delete_after: now, attempts: 0 },
    },
    strand: { from: ["intended", "superseded", "deleting"], to: { state: "stranded", ...closed } },
  } as const;
  const { from, to } = changes[kind];
  return asService(ctx.db, async (trx) => {
    await lockTutor(trx, row.tutor_id);
    // An account that has come back meanwhile can be asked, and told to delete.
    if (kind === "strand" && !(await isGrantDead(trx, row))) return false;
    return changeIdleMeeting(trx, row.id, [...from], to, now);
  });
}

async function isGrantDead(trx: Trx, row: Meeting): Promise<boolean> {
  const grants = await grantsOf(trx, row.tutor_id);
  return grants.some((grant) => grant.grant_id === row.grant_id && grant.is_dead);
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
    const state = tooLate
      ? sql<MigrationSessionState>`case when error_code is null then 'skipped' else 'failed' end`
      : "skipped";
    const move = { tutor_id: tutorId, session_id: sessionId, generation };
    return endOpenMove(trx, move, { state }, now);
  });
}
