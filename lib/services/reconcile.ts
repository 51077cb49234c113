/**
 * The one routine behind every switch, refresh, booking, reschedule and crash: compare what is with
 * what should be, take the next safe step, look again. It reads the wish at the moment it acts, so the
 * newest wish wins; running it twice does nothing twice, also at the same time in two processes.
 */
import PQueue from "p-queue";
import { addSeconds, earliest } from "#lib/platform/clock.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import type { Meeting } from "#lib/records/meetings/queries.ts";
import type { Step } from "#lib/records/meetings/rules.ts";
import type { Context } from "./context.ts";
import { letGoOfGrants } from "./letGoOfGrants.ts";
import { noteHandChangesOf } from "./noteHandChanges.ts";
import { readBoard, type TutorBoard } from "./reconcile/board.ts";
import { changeRow, deleteMeeting, giveUpMove, updateMeeting } from "./reconcile/change.ts";
import { lookLate } from "./reconcile/lateLook.ts";
import { lookForMeeting, makeMeeting, pollMeeting } from "./reconcile/make.ts";
import { settleMigration } from "./reconcile/rest.ts";

/** A run ends after this; the job nudges itself again, so that one tutor doesn't hold a worker. */
const RUN_SECONDS = 10;
/** What falls due this soon is waited for inside the run. */
const SHORT_WAIT_SECONDS = 3;
/**
 * After a fault of ours, as a rule a cut connection to the database, the step comes again after these.
 * Nothing may stand in a row that would bring it back; what fails longer is left to the minute's sweep.
 */
const FAULT_PAUSES_SECONDS = [1, 2, 4];

export interface ReconcileResult {
  /** When to come again: now for work left over, later for a row's date; null: nothing waits. */
  nextAt: Date | null;
}

export async function reconcile(ctx: Context, tutorId: string): Promise<ReconcileResult> {
  const end = addSeconds(ctx.clock(), RUN_SECONDS);
  // Steps that couldn't even begin; one of them doesn't hold up the others, nor this run.
  const stuck = new Set<string>();
  const faulty = new Set<string>();
  const pauses = [...FAULT_PAUSES_SECONDS];
  await noteHandChangesOf(ctx, tutorId);
  for (;;) {
    const board = await readBoard(ctx, tutorId);
    const steps = board.plan.steps.filter(
      (step) => !stuck.has(nameOf(step)) && !faulty.has(nameOf(step)),
    );
    if (steps.length > 0) {
      await takeSteps(ctx, board, firstKind(steps), { end, stuck, faulty });
      await settleMigration(ctx, tutorId);
      if (ctx.clock() >= end) return { nextAt: ctx.clock() };
      continue;
    }
    await settleMigration(ctx, tutorId);
    const pause = faulty.size > 0 ? pauses.shift() : undefined;
    if (pause !== undefined && addSeconds(ctx.clock(), pause) <= end) {
      await ctx.sleep(pause * 1000);
      faulty.clear();
      continue;
    }
    const late = await lookLate(ctx, tutorId);
    if (late.looked) {
      if (ctx.clock() >= end) return { nextAt: ctx.clock() };
      continue;
    }
    const nextAt = earliest(board.plan.nextAt, late.nextAt);
    const soon = addSeconds(ctx.clock(), SHORT_WAIT_SECONDS);
    if (!nextAt || nextAt > soon || nextAt > end) {
      await letGoOfGrants(ctx, tutorId);
      return { nextAt };
    }
    await ctx.sleep(Math.max(0, nextAt.getTime() - ctx.clock().getTime()));
  }
}

/** One piece of work after the other, in the order in which they were brought. */
type InOrder = <T>(work: () => Promise<T>) => Promise<T>;

const nameOf = (step: Step) => {
  const target = "sessionId" in step ? step.sessionId : step.meetingId;
  return `${step.kind} ${target}`;
};

/** Creates before updates before deletes: a round holds one kind, then the board is read afresh. */
const round = (step: Step): "make" | "update" | "delete" => {
  switch (step.kind) {
    case "update":
      return "update";
    case "delete":
    case "abandon":
    case "let_go":
    case "strand":
      return "delete";
    default:
      return "make";
  }
};

function firstKind(steps: Step[]): Step[] {
  const first = steps[0];
  return first ? steps.filter((step) => round(step) === round(first)) : [];
}

async function takeSteps(
  ctx: Context,
  board: TutorBoard,
  steps: Step[],
  run: { end: Date; stuck: Set<string>; faulty: Set<string> },
): Promise<void> {
  const queue = new PQueue({ concurrency: concurrencyOf(ctx, board) });
  const turns = new PQueue({ concurrency: 1 });
  const inOrder: InOrder = (work) => turns.add(work);
  const tasks = steps.map((step) =>
    queue.add(async () => {
      if (ctx.clock() >= run.end) return;
      try {
        const isTaken = await takeStep(ctx, board, step, inOrder);
        if (!isTaken) run.stuck.add(nameOf(step));
      } catch (error) {
        (error instanceof ProviderError ? run.stuck : run.faulty).add(nameOf(step));
        logStuck(ctx, board.tutorId, step, error);
      }
    }),
  );
  await Promise.all(tasks);
}

const concurrencyOf = (ctx: Context, { connection }: TutorBoard): number =>
  connection && ctx.providers.has(connection.provider)
    ? ctx.providers.get(connection.provider).budget.concurrency
    : 1;

/** Of a provider: the grant couldn't be taken in hand, nothing was claimed. Anything else is a fault of ours. */
function logStuck(ctx: Context, tutorId: string, step: Step, error: unknown): void {
  if (error instanceof ProviderError) {
    const { code, message: detail } = error;
    ctx.log.warn({ tutorId, step, code, detail }, "A step has to wait for its connection");
  } else {
    ctx.log.error({ tutorId, step, err: error }, "A step failed unexpectedly");
  }
}

/** @returns false where nothing came of it: somebody else was quicker, and this run leaves it to them */
function takeStep(ctx: Context, board: TutorBoard, step: Step, inOrder: InOrder): Promise<boolean> {
  switch (step.kind) {
    case "make":
      return makeMeeting(
        ctx,
        {
          tutorId: board.tutorId,
          sessionId: step.sessionId,
          meetingId: step.meetingId,
          grantId: board.connection?.grant_id ?? "",
          hasRoom: hasRoom(board, step.sessionId),
        },
        inOrder,
      );
    case "look":
      return lookForMeeting(ctx, rowOf(board, step.meetingId));
    case "poll":
      return pollMeeting(ctx, rowOf(board, step.meetingId));
    case "update":
      return updateMeeting(ctx, rowOf(board, step.meetingId));
    case "delete":
      return deleteMeeting(ctx, rowOf(board, step.meetingId));
    case "abandon":
    case "let_go":
    case "strand":
      return changeRow(ctx, step);
    case "give_up":
      return giveUpMove(ctx, board.tutorId, step);
  }
}

const hasRoom = (board: TutorBoard, sessionId: string): boolean => {
  const { meeting_id: id } = board.sessions.get(sessionId) ?? {};
  return Boolean(id && board.meetings.get(id)?.state === "live");
};

function rowOf(board: TutorBoard, meetingId: string): Meeting {
  const row = board.meetings.get(meetingId);
  if (!row) throw new Error(`Meeting ${meetingId} is not on the board`);
  return row;
}
