/**
 * Which call each row of the ledger waits for next, and which rows are missing or unwanted. Pure: from what is (the
 * snapshot) to what should be (a living meeting at the tutor's current grant for every future lesson, at its time and
 * title).
 * The states and their arrows stand in the paragraph at the table.
 */

import { latest } from "#lib/platform/clock.ts";
import type { ConnectionStatus } from "#lib/records/grants/rules.ts";
import type { MeetingState } from "#lib/records/meetings/rules.ts";
import type { MigrationSessionState } from "#lib/records/migrations/rules.ts";
import {
  isFuture,
  isOpen,
  mayBeUnderWay,
  roomNeededUntil,
  type Scheduled,
} from "#lib/records/sessions/rules.ts";

export interface LedgerRow {
  id: string;
  session_id: string;
  state: MeetingState;
  origin: "segue" | "manual";
  grant_id: string | null;
  generation: number;
  revision: number;
  external_id: string | null;
  attempts: number;
  outcome_unknown: boolean;
  lease_until: Date | null;
  next_attempt_at: Date | null;
  delete_after: Date | null;
  /** A permanent refusal stands in `error_code` of an abandoned row. */
  refused: boolean;
}

export interface Lesson extends Scheduled {
  id: string;
  revision: number;
  meeting_id: string | null;
}

/** A lesson's row in the open migration, while that still wants something. */
export interface OpenMove {
  session_id: string;
  generation: number;
  state: MigrationSessionState;
}

export interface Snapshot {
  desired: { grantId: string; generation: number; status: ConnectionStatus } | null;
  /** Grants that can't be called with any more. */
  deadGrants: ReadonlySet<string>;
  /** Grants that can't be called with before a date: new tokens can't be had until then. */
  pausedGrants: ReadonlyMap<string, Date>;
  lessons: Lesson[];
  ledger: LedgerRow[];
  moves: OpenMove[];
}

export type Step =
  | { kind: "make"; meetingId: string }
  /** Its answer was lost: look for it at the provider. */
  | { kind: "look"; meetingId: string }
  /** It was made, its link is still to come. */
  | { kind: "poll"; meetingId: string }
  | { kind: "update"; meetingId: string }
  | { kind: "delete"; meetingId: string }
  /** No call needed, only the row's state changes. */
  | { kind: "let_go" | "strand"; meetingId: string }
  /** `tooLate`: the lesson began without having moved. */
  | { kind: "give_up"; sessionId: string; generation: number; tooLate: boolean };

export interface Plan {
  steps: Step[];
  /** Lessons that want a meeting, and no row asks for it yet. */
  missing: string[];
  /** Rows that nobody wants any more, and of which nothing exists at the provider. */
  unwanted: string[];
  /** When the next row is due that isn't yet; null: nothing waits for the clock. */
  nextAt: Date | null;
}

interface Rules {
  now: Date;
  joinOpensMinutesBefore: number;
  /** Whether the provider of this grant finds a repeated create by its key alone. */
  createIsIdempotent: (row: LedgerRow) => boolean;
}

/** Steps in the order in which they should be done: creates, updates, deletes; soonest lesson first. */
export function plan(snapshot: Snapshot, rules: Rules): Plan {
  const lessons = [...snapshot.lessons].sort(
    (a, b) => a.scheduled_start_at.getTime() - b.scheduled_start_at.getTime(),
  );
  const moves = new Map(snapshot.moves.map((move) => [move.session_id, move]));
  const rowsOf = Map.groupBy(snapshot.ledger, (row) => row.session_id);
  const lists = { makes: [], updates: [], deletes: [], missing: [], unwanted: [], due: [] };
  const draft: Draft = { snapshot, rules, ...lists };
  for (const lesson of lessons) {
    const rows = rowsOf.get(lesson.id) ?? [];
    const live = rows.find((row) => row.state === "live" && row.id === lesson.meeting_id);
    const move = moves.get(lesson.id);
    const wanted = wantsNewMeeting(lesson, live, move, snapshot.desired, rules.now);
    planIntended(draft, lesson, rows, wanted);
    if (move && !wanted) {
      const tooLate = isOpen(lesson.status) && !isFuture(lesson, rules.now);
      const { generation } = move;
      draft.makes.push({ kind: "give_up", sessionId: lesson.id, generation, tooLate });
    }
    if (live) planLive(draft, lesson, live);
    planReplaced(draft, lesson, rows);
  }
  const { makes, updates, deletes, missing, unwanted } = draft;
  const nextAt = draft.due.sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
  return { steps: [...makes, ...updates, ...deletes], missing, unwanted, nextAt };
}

interface Draft extends Omit<Plan, "steps" | "nextAt"> {
  snapshot: Snapshot;
  rules: Rules;
  makes: Step[];
  updates: Step[];
  deletes: Step[];
  /** Dates of rows whose time hasn't come. */
  due: Date[];
}

/** Whether the row's time has come; if it hasn't, remembers when it will have. */
function isDue({ snapshot, rules, due }: Draft, row: LedgerRow, needsCall = true): boolean {
  const paused = needsCall ? snapshot.pausedGrants.get(row.grant_id ?? "") : undefined;
  const { now } = rules;
  const at = latest(row.next_attempt_at ?? now, row.lease_until ?? now, paused ?? now);
  if (at > now) due.push(at);
  return at <= now;
}

/** Rows still to be made, and whether one is still to be written. */
function planIntended(draft: Draft, lesson: Lesson, rows: LedgerRow[], wanted: boolean): void {
  const { desired } = draft.snapshot;
  const canCall = desired?.status === "connected";
  for (const row of rows.filter(({ state }) => state === "intended")) {
    if (!wanted || !isForDesired(row, lesson, desired)) drop(draft, row);
    else if (canCall && isDue(draft, row)) draft.makes.push(nextForIntended(row, draft.rules));
  }
  // A refusal stands until grant, generation or revision are others.
  const asked = rows.some(
    (row) =>
      (row.state === "intended" || (row.state === "abandoned" && row.refused)) &&
      isForDesired(row, lesson, desired),
  );
  if (wanted && canCall && !asked) draft.missing.push(lesson.id);
}

/**
 * Nobody wants this row any more. If it may exist at the provider it is looked for first; while its grant is dead but may
 * come back, it waits.
 */
function drop(draft: Draft, row: LedgerRow): void {
  const { deletes, unwanted, snapshot } = draft;
  if (!row.outcome_unknown && row.external_id === null) {
    if (isDue(draft, row, false)) unwanted.push(row.id);
  } else if (isDead(row, snapshot)) {
    if (!mayComeBack(row, snapshot) && isDue(draft, row, false)) {
      deletes.push({ kind: "strand", meetingId: row.id });
    }
  } else if (row.external_id !== null) {
    if (isDue(draft, row, false)) deletes.push({ kind: "let_go", meetingId: row.id });
  } else if (isDue(draft, row)) deletes.push({ kind: "look", meetingId: row.id });
}

/** The room in use is told of a new time. */
function planLive(draft: Draft, lesson: Lesson, live: LedgerRow): void {
  const isTold = live.revision >= lesson.revision;
  if (isTold || live.origin !== "segue") return;
  if (!isOpen(lesson.status) || isDead(live, draft.snapshot)) return;
  if (isDue(draft, live)) draft.updates.push({ kind: "update", meetingId: live.id });
}

/** Replaced rooms go when their time has come. */
function planReplaced(draft: Draft, lesson: Lesson, rows: LedgerRow[]): void {
  const { snapshot, rules } = draft;
  for (const row of rows) {
    if ((row.state !== "superseded" && row.state !== "deleting") || row.grant_id === null) continue;
    const until = leavesAt(row, snapshot, lesson, rules);
    const kind = isDead(row, snapshot) ? "strand" : "delete";
    if (until === null) continue;
    if (until > rules.now) draft.due.push(until);
    else if (isDue(draft, row, kind === "delete")) {
      draft.deletes.push({ kind, meetingId: row.id });
    }
  }
}

/** Null: not to be said yet. */
function leavesAt(row: LedgerRow, snapshot: Snapshot, lesson: Lesson, rules: Rules): Date | null {
  if (isDead(row, snapshot)) return mayComeBack(row, snapshot) ? null : rules.now;
  return row.state === "deleting" ? rules.now : letGoAt(row, lesson, rules);
}

/** The current grant may come back by reconnecting; a replaced one won't. */
const mayComeBack = (row: LedgerRow, { desired }: Snapshot): boolean =>
  row.grant_id === desired?.grantId;

const isDead = (row: LedgerRow, snapshot: Snapshot) =>
  row.grant_id !== null && snapshot.deadGrants.has(row.grant_id);

/**
 * A future lesson wants one when it has none at the wished grant, or the open migration asks for a
 * newer one. A lesson that has begun without any room still wants its first; one that has a room keeps it.
 */
function wantsNewMeeting(
  lesson: Lesson,
  live: LedgerRow | undefined,
  move: OpenMove | undefined,
  desired: Snapshot["desired"],
  now: Date,
): boolean {
  if (!desired || desired.status === "disconnected" || !isOpen(lesson.status)) return false;
  if (!live) return now < lesson.scheduled_end_at;
  if (!isFuture(lesson, now)) return false;
  if (move && live.generation < move.generation) return true;
  if (live.origin === "manual") return live.generation < desired.generation;
  return live.grant_id !== desired.grantId;
}

const isForDesired = (row: LedgerRow, lesson: Lesson, desired: Snapshot["desired"]) =>
  row.grant_id === desired?.grantId &&
  row.generation === desired?.generation &&
  row.revision === lesson.revision;

function nextForIntended(row: LedgerRow, rules: Rules): Step {
  if (row.external_id !== null) return { kind: "poll", meetingId: row.id };
  if (row.outcome_unknown && !rules.createIsIdempotent(row))
    return { kind: "look", meetingId: row.id };
  return { kind: "make", meetingId: row.id };
}

/**
 * Not before its time, and not while people may be inside. Null: its migration hasn't come to rest
 * yet, so the undo window hasn't begun.
 */
function letGoAt(row: LedgerRow, lesson: Lesson, rules: Rules): Date | null {
  if (row.delete_after === null) return null;
  const held = mayBeUnderWay(lesson, rules.now, rules.joinOpensMinutesBefore)
    ? roomNeededUntil(lesson)
    : row.delete_after;
  return latest(held, row.delete_after);
}
