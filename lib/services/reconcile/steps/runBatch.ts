/** One round of a run: the steps of one kind, as many at a time as the provider takes. */
import PQueue from "p-queue";
import { ProviderError } from "#lib/providers/errors.ts";
import type { Meeting } from "#lib/records/meetings/rules.ts";
import type { Context } from "#lib/services/context.ts";
import type { Step } from "#lib/services/reconcile/planner.ts";
import type { TutorBoard } from "#lib/services/reconcile/snapshot.ts";
import { changeRow, deleteMeeting, giveUpMove, updateMeeting } from "./change.ts";
import { lookForMeeting, makeMeeting, pollMeeting } from "./make.ts";

export interface Run {
  end: Date;
  /** Steps that couldn't even begin; one of them doesn't hold up the others, nor this run. */
  stuck: Set<string>;
  /** Those that failed by a fault of ours. */
  faulty: Set<string>;
  /** Seconds, for as long as there are any. */
  pauses: number[];
}

/** One piece of work after the other, in the order in which they were brought. */
type InOrder = <T>(work: () => Promise<T>) => Promise<T>;

/** @returns false where nothing is to be done now */
export async function takeRound(ctx: Context, board: TutorBoard, run: Run): Promise<boolean> {
  const steps = board.plan.steps.filter(
    (step) => !run.stuck.has(nameOf(step)) && !run.faulty.has(nameOf(step)),
  );
  if (steps.length > 0) await takeSteps(ctx, board, firstKind(steps), run);
  return steps.length > 0;
}

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

async function takeSteps(ctx: Context, board: TutorBoard, steps: Step[], run: Run): Promise<void> {
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
