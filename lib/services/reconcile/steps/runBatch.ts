/** One round of a run: the steps of one kind, as many at a time as the provider takes. */
import PQueue from "p-queue";
import type { ConcurrencyLimit } from "#lib/platform/concurrency/concurrencyLimit.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import { isWriteRepeated, type Meeting } from "#lib/records/meetings/rules.ts";
import { isUrgent } from "#lib/records/sessions/rules.ts";
import { accountLimit } from "#lib/services/calls/accountLimit.ts";
import type { Step } from "#lib/services/reconcile/planner.ts";
import type { TutorSnapshot } from "#lib/services/reconcile/snapshot.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { changeRow, deleteMeeting, giveUpMove } from "./change.ts";
import { lookUpMeeting, makeMeeting, pollMeeting } from "./make.ts";
import { updateMeeting } from "./update.ts";

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
export async function runBatch(ctx: Context, snapshot: TutorSnapshot, run: Run): Promise<boolean> {
  const steps = snapshot.plan.steps.filter(
    (step) => !run.stuck.has(nameOf(step)) && !run.faulty.has(nameOf(step)),
  );
  if (steps.length > 0) await takeSteps(ctx, snapshot, firstKind(steps), run);
  return steps.length > 0;
}

const nameOf = (step: Step) => {
  const target = "sessionId" in step ? step.sessionId : step.meetingId;
  return `${step.kind} ${target}`;
};

/** Creates before updates before deletes: a round holds one kind, then the board is read afresh. */
const kindOf = (step: Step): "make" | "update" | "delete" => {
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
  return first ? steps.filter((step) => kindOf(step) === kindOf(first)) : [];
}

async function takeSteps(
  ctx: Context,
  snapshot: TutorSnapshot,
  steps: Step[],
  run: Run,
): Promise<void> {
  const limit = limitOf(ctx, snapshot);
  const queue = new PQueue({ concurrency: limit?.now ?? 1 });
  const unsubscribe = limit?.onChange(() => {
    queue.concurrency = limit.now;
  });
  const order = new PQueue({ concurrency: 1 });
  const inOrder: InOrder = (work) => order.add(work);
  const tasks = steps.map((step) =>
    queue.add(async () => {
      if (ctx.clock() >= run.end) return;
      try {
        const isTaken = await takeStep(ctx, snapshot, step, inOrder);
        if (!isTaken) run.stuck.add(nameOf(step));
      } catch (error) {
        (error instanceof ProviderError ? run.stuck : run.faulty).add(nameOf(step));
        logStuck(ctx, snapshot.tutorId, step, error);
      }
    }),
  );
  await Promise.all(tasks);
  unsubscribe?.();
}

const limitOf = (ctx: Context, { connection }: TutorSnapshot): ConcurrencyLimit | null =>
  connection && ctx.providers.has(connection.provider)
    ? accountLimit(ctx, ctx.providers.get(connection.provider), connection.account_user_id)
    : null;

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
function takeStep(
  ctx: Context,
  snapshot: TutorSnapshot,
  step: Step,
  inOrder: InOrder,
): Promise<boolean> {
  switch (step.kind) {
    case "make":
      return makeMeeting(
        ctx,
        {
          tutorId: snapshot.tutorId,
          sessionId: step.sessionId,
          meetingId: step.meetingId,
          grantId: snapshot.connection?.grant_id ?? "",
          hasRoom: hasRoom(snapshot, step.sessionId),
          urgent: isHurried(ctx, snapshot, step.sessionId),
          isRepeated:
            step.meetingId !== null &&
            isWriteRepeated(rowOf(snapshot, step.meetingId), ctx.clock()),
        },
        inOrder,
      );
    case "look":
    case "poll": {
      const row = rowOf(snapshot, step.meetingId);
      const towards = step.kind === "look" ? lookUpMeeting : pollMeeting;
      return towards(ctx, row, isHurried(ctx, snapshot, row.session_id));
    }
    case "update":
      return updateMeeting(ctx, ...rowAndLesson(snapshot, step.meetingId));
    case "delete":
      return deleteMeeting(ctx, rowOf(snapshot, step.meetingId));
    case "abandon":
    case "let_go":
    case "strand":
      return changeRow(ctx, step);
    case "give_up":
      return giveUpMove(ctx, snapshot.tutorId, step);
  }
}

const hasRoom = (snapshot: TutorSnapshot, sessionId: string): boolean => {
  const { meeting_id: id } = snapshot.sessions.get(sessionId) ?? {};
  return Boolean(id && snapshot.meetings.get(id)?.state === "live");
};

function rowAndLesson(snapshot: TutorSnapshot, meetingId: string) {
  const row = rowOf(snapshot, meetingId);
  return [row, snapshot.sessions.get(row.session_id)] as const;
}

function isHurried(ctx: Context, snapshot: TutorSnapshot, sessionId: string): boolean {
  const session = snapshot.sessions.get(sessionId);
  return (
    session !== undefined &&
    !hasRoom(snapshot, sessionId) &&
    isUrgent(session.scheduled_start_at, ctx.clock())
  );
}

function rowOf(snapshot: TutorSnapshot, meetingId: string): Meeting {
  const row = snapshot.meetings.get(meetingId);
  if (!row) throw new Error(`Meeting ${meetingId} is not on the board`);
  return row;
}
