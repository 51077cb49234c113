/**
 * Takes a tutor's due steps: as many at a time as the provider takes, the next whenever one ends. Which is the next is
 * decided when its turn comes: creates before updates before deletes, and the soonest lesson first.
 */

import { ProviderError } from "#lib/providers/errors.ts";
import { accountLimit } from "#lib/services/calls/accountLimit.ts";
import { settleMigration } from "#lib/services/switching/settleMigration.ts";
import type { Context } from "#lib/services/verb/context.ts";
import type { Step } from "./planner.ts";
import { prepareSnapshot, type TutorSnapshot } from "./snapshot.ts";
import { takeStep } from "./steps/takeStep.ts";

/** So old a snapshot may be when a step is chosen by it. Reading it takes longer than a step, so not each step reads it. */
const FRESH_MS = 1_000;

export interface Run {
  tutorId: string;
  end: Date;
  /** Steps that couldn't even begin; one of them doesn't hold up the others, nor this run. */
  stuck: Set<string>;
  /** Those that failed by a fault of ours. */
  faulty: Set<string>;
  /** Lessons that the ledger can't take. */
  unwritten: Set<string>;
}

/** Steps that are due by a snapshot, and aren't begun yet. */
interface Board {
  snapshot: TutorSnapshot;
  readAt: number;
  steps: Step[];
  hasBegun: boolean;
}

/**
 * Ends when nothing is due and nothing is under way, or at the end of the run.
 * @returns when the next step will be due; null where nothing waits for a date
 */
export async function takeDueSteps(ctx: Context, run: Run): Promise<Date | null> {
  const underWay = new Map<string, Promise<void>>();
  let board = await readBoard(ctx, run);
  while (ctx.clock() < run.end) {
    const isUsedUp = board.hasBegun && board.steps.length === 0 && underWay.size === 0;
    if (isUsedUp || ctx.clock().getTime() - board.readAt >= FRESH_MS) {
      board = await readBoard(ctx, run);
    }
    const step = board.steps.findIndex((one) => !underWay.has(targetOf(one)));
    if (step < 0 && underWay.size === 0) return board.snapshot.plan.nextAt;
    if (step < 0 || underWay.size >= slots(ctx, board.snapshot)) {
      await Promise.race(underWay.values());
      continue;
    }
    board.hasBegun = true;
    for (const next of board.steps.splice(step, 1)) await begin(ctx, board, next, run, underWay);
  }
  await Promise.all(underWay.values());
  return ctx.clock();
}

async function readBoard(ctx: Context, { tutorId, stuck, faulty, unwritten }: Run): Promise<Board> {
  const snapshot = await prepareSnapshot(ctx, tutorId, unwritten);
  for (const { sessionId, error } of snapshot.refused) {
    unwritten.add(sessionId);
    ctx.log.error({ tutorId, sessionId, err: error }, "A lesson can't be asked a meeting for");
  }
  await settleMigration(ctx, tutorId);
  const isHeldUp = (step: Step) => stuck.has(nameOf(step)) || faulty.has(nameOf(step));
  return {
    snapshot,
    readAt: ctx.clock().getTime(),
    steps: snapshot.plan.steps.filter((step) => !isHeldUp(step)),
    hasBegun: false,
  };
}

const targetOf = (step: Step): string => ("meetingId" in step ? step.meetingId : step.sessionId);
const nameOf = (step: Step): string => `${step.kind} ${targetOf(step)}`;

function slots(ctx: Context, { connection }: TutorSnapshot): number {
  if (!connection || !ctx.providers.has(connection.provider)) return 1;
  const provider = ctx.providers.get(connection.provider);
  return accountLimit(ctx, provider, connection.account_user_id).now;
}

/** Resolves when the next step may begin. */
async function begin(
  ctx: Context,
  { snapshot }: Board,
  step: Step,
  run: Run,
  underWay: Map<string, Promise<void>>,
): Promise<void> {
  const turn = Promise.withResolvers<void>();
  const work = async () => {
    try {
      const isTaken = await takeStep(ctx, snapshot, step, turn.resolve);
      if (!isTaken) run.stuck.add(nameOf(step));
    } catch (error) {
      (error instanceof ProviderError ? run.stuck : run.faulty).add(nameOf(step));
      logStuck(ctx, run.tutorId, step, error);
    }
    underWay.delete(targetOf(step));
    turn.resolve();
  };
  underWay.set(targetOf(step), work());
  await turn.promise;
}

/** Of a provider: the grant couldn't be taken in hand, nothing was claimed. Anything else is a fault of ours. */
function logStuck(ctx: Context, tutorId: string, step: Step, error: unknown): void {
  if (error instanceof ProviderError) {
    const { code, message: detail } = error;
    ctx.log.warn({ tutorId, step, code, detail }, "A step has to wait for its connection");
  } else {
    ctx.log.error({ tutorId, step, err: error }, "A step failed unexpectedly");
  }
}
