/**
 * Takes a tutor's due steps: as many at a time as the provider takes, the next whenever one ends. Which is the next is
 * decided when its turn comes: creates before updates before deletes, and the soonest lesson first.
 */
import type { ConcurrencyLimit } from "#lib/platform/concurrency/concurrencyLimit.ts";
import { reasonOf } from "#lib/platform/reason.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import { accountLimit } from "#lib/services/calls/accountLimit.ts";
import { logNotMade } from "#lib/services/switching/migrationLog.ts";
import { settleMigration } from "#lib/services/switching/settleMigration.ts";
import type { Context } from "#lib/services/verb/context.ts";
import type { Step } from "./planner.ts";
import { prepareSnapshot, type TutorSnapshot } from "./snapshot.ts";
import type { Place } from "./steps/runCall.ts";
import { takeStep } from "./steps/takeStep.ts";

/**
 * So many of an account's answers are written down at a time: it is done under the tutor's lock, and others need
 * connections, too. It can take long, where new tokens have to be had.
 */
const MOST_RECORDED = 4;
/**
 * So old a snapshot may be when a step is chosen by it. No step begins while it is read, and that of a thousand lessons takes
 * long, so it may be older.
 */
const FRESH = { leastMs: 1_000, forEachLessonMs: 3, mostMs: 5_000 };

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

/** A step that was begun. */
interface Taken {
  /** That of the account that it calls; null where it calls nobody. */
  limit: ConcurrencyLimit | null;
  /** Until its call has ended; from then on its answer is written down. */
  isCalling: boolean;
  called: Promise<void>;
  done: Promise<void>;
}

interface Board {
  snapshot: TutorSnapshot;
  /** In milliseconds of the clock. */
  freshUntil: number;
  /** Those that are due by the snapshot and haven't been begun, by what they are about, in the order of the plan. */
  steps: Map<string, Step>;
  /** How many steps had ended before it was read. What ends later isn't in it. */
  endedBefore: number;
}

/** @returns when the next step will be due; null where nothing waits for a date */
export const takeDueSteps = (ctx: Context, run: Run): Promise<Date | null> =>
  new Dispatcher(ctx, run).work();

class Dispatcher {
  readonly #ctx: Context;
  readonly #run: Run;
  readonly #underWay = new Map<string, Taken>();
  #ended = 0;
  #board: Board | null = null;

  constructor(ctx: Context, run: Run) {
    this.#ctx = ctx;
    this.#run = run;
  }

  /** Ends when nothing is due and nothing is under way, or at the end of the run. */
  async work(): Promise<Date | null> {
    try {
      return await this.#takeAll();
    } finally {
      await Promise.all([...this.#underWay.values()].map(({ done }) => done));
    }
  }

  async #takeAll(): Promise<Date | null> {
    const { clock } = this.#ctx;
    while (clock() < this.#run.end) {
      if (!this.#board || this.#isOutdated(this.#board)) this.#board = await this.#read();
      const board = this.#board;
      const next = this.#next(board);
      if (next) {
        await this.#begin(board, ...next);
      } else if (this.#underWay.size > 0) {
        const taken = [...this.#underWay.values()];
        await Promise.race(taken.map(({ isCalling, called, done }) => (isCalling ? called : done)));
      } else if (this.#ended === board.endedBefore) {
        return board.snapshot.plan.nextAt;
      }
    }
    return clock();
  }

  /** It is too old to choose a step by, or all its steps are done and what they left to do isn't in it. */
  #isOutdated({ freshUntil, steps, endedBefore }: Board): boolean {
    const isDone = steps.size === 0 && this.#underWay.size === 0 && this.#ended > endedBefore;
    return isDone || this.#ctx.clock().getTime() >= freshUntil;
  }

  async #read(): Promise<Board> {
    const { tutorId, stuck, faulty, unwritten } = this.#run;
    const endedBefore = this.#ended;
    // What happens while it is read needn't be in it.
    const readAt = this.#ctx.clock().getTime();
    const snapshot = await prepareSnapshot(this.#ctx, tutorId, unwritten);
    for (const { sessionId, error } of snapshot.refused) {
      unwritten.add(sessionId);
      const why = { code: "invalid_request", detail: reasonOf(error), nextAttemptAt: null };
      logNotMade(this.#ctx, "error", { tutorId, sessionId, ...why });
    }
    await settleMigration(this.#ctx, tutorId);
    const isHeldUp = (step: Step) => stuck.has(nameOf(step)) || faulty.has(nameOf(step));
    const steps = snapshot.plan.steps.filter((step) => !isHeldUp(step));
    return {
      snapshot,
      freshUntil: readAt + freshMs(snapshot.sessions.size),
      steps: new Map(steps.map((step) => [targetOf(step), step])),
      endedBefore,
    };
  }

  /** The first step whose account takes one call more. An account that is full holds up no call to another. */
  #next(board: Board): [target: string, step: Step] | undefined {
    const full = new Set<ConcurrencyLimit | null>();
    return [...board.steps].find(([target, step]) => {
      const limit = this.#limitOf(board.snapshot, step);
      if (this.#underWay.has(target) || full.has(limit)) return false;
      const hasPlace = this.#hasPlace(limit);
      if (!hasPlace) full.add(limit);
      return hasPlace;
    });
  }

  #hasPlace(limit: ConcurrencyLimit | null): boolean {
    const taken = [...this.#underWay.values()].filter((one) => one.limit === limit);
    const calls = taken.filter(({ isCalling }) => isCalling).length;
    return calls < (limit?.now ?? 1) && taken.length - calls < MOST_RECORDED;
  }

  #limitOf({ meetings, grants }: TutorSnapshot, step: Step): ConcurrencyLimit | null {
    const row = "meetingId" in step ? meetings.get(step.meetingId) : undefined;
    const grant = grants.get(row?.grant_id ?? "");
    if (!grant || !this.#ctx.providers.has(grant.provider)) return null;
    const provider = this.#ctx.providers.get(grant.provider);
    return accountLimit(this.#ctx, provider, grant.account_user_id);
  }

  /** Resolves when the next step may begin. */
  async #begin(board: Board, target: string, step: Step): Promise<void> {
    board.steps.delete(target);
    const turn = Promise.withResolvers<void>();
    const call = Promise.withResolvers<void>();
    const limit = this.#limitOf(board.snapshot, step);
    const taken: Taken = { limit, isCalling: true, called: call.promise, done: turn.promise };
    const ended = () => {
      taken.isCalling = false;
      call.resolve();
    };
    taken.done = this.#take(board, step, { over: turn.resolve, ended }).finally(() => {
      this.#ended += 1;
      ended();
      this.#underWay.delete(target);
      // A board that was read meanwhile shows its row as it was.
      this.#board?.steps.delete(target);
      turn.resolve();
    });
    this.#underWay.set(target, taken);
    await turn.promise;
  }

  async #take({ snapshot }: Board, step: Step, place: Place): Promise<void> {
    const { tutorId, stuck, faulty } = this.#run;
    try {
      const isTaken = await takeStep(this.#ctx, snapshot, step, place);
      if (!isTaken) stuck.add(nameOf(step));
    } catch (error) {
      (error instanceof ProviderError ? stuck : faulty).add(nameOf(step));
      logStuck(this.#ctx, tutorId, step, error);
    }
  }
}

const freshMs = (lessons: number): number =>
  Math.min(Math.max(FRESH.leastMs, FRESH.forEachLessonMs * lessons), FRESH.mostMs);

/** The row, or the lesson: of each there is one step at most. */
const targetOf = (step: Step): string => ("meetingId" in step ? step.meetingId : step.sessionId);
const nameOf = (step: Step): string => `${step.kind} ${targetOf(step)}`;

/** Of a provider: the grant couldn't be taken in hand, nothing was claimed. Anything else is a fault of ours. */
function logStuck(ctx: Context, tutorId: string, step: Step, error: unknown): void {
  if (error instanceof ProviderError) {
    const { code, message: detail } = error;
    ctx.log.warn({ tutorId, step, code, detail }, "A step has to wait for its connection");
  } else {
    ctx.log.error({ tutorId, step, err: error }, "A step failed unexpectedly");
  }
}
