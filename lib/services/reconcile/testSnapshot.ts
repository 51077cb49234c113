/** A snapshot for tests of `plan`, and a provider with which every step succeeds. */
import fc from "fast-check";
import { addMinutes, addSeconds } from "#lib/platform/clock.ts";
import { isOpen } from "#lib/records/sessions/rules.ts";
import {
  type LedgerRow,
  type Lesson,
  type Plan,
  plan,
  type Snapshot,
  type Step,
} from "./planner.ts";

export const NOW = new Date("2026-11-02T09:00:00Z");
const HOUR = 60;

export const lesson = (more: Partial<Lesson> = {}): Lesson => ({
  id: "lesson",
  status: "SCHEDULED",
  scheduled_start_at: addMinutes(NOW, 24 * HOUR),
  scheduled_end_at: addMinutes(NOW, 25 * HOUR),
  revision: 1,
  meeting_id: null,
  ...more,
});

export const row = (more: Partial<LedgerRow> = {}): LedgerRow => ({
  id: "row",
  session_id: "lesson",
  state: "intended",
  origin: "segue",
  grant_id: "wished",
  generation: 2,
  revision: 1,
  external_id: null,
  attempts: 0,
  outcome_unknown: false,
  lease_until: null,
  next_attempt_at: null,
  delete_after: null,
  refused: false,
  ...more,
});

export const snapshot = (more: Partial<Snapshot> = {}): Snapshot => ({
  desired: { grantId: "wished", generation: 2, status: "connected" },
  deadGrants: new Set(),
  pausedGrants: new Map(),
  lessons: [lesson()],
  ledger: [],
  moves: [],
  ...more,
});

/** `createIsIdempotent` is false for a provider at which a lost answer has to be looked up. */
export const planAt = (of: Snapshot, now = NOW, createIsIdempotent = false) =>
  plan(of, { now, joinOpensMinutesBefore: 15, createIsIdempotent: () => createIsIdempotent });

function existing<T extends { id: string }>(list: T[], id: string): T {
  const found = list.find((one) => one.id === id);
  if (!found) throw new Error(`${id} isn't on the board`);
  return found;
}

function remove<T>(list: T[], test: (one: T) => boolean): void {
  const index = list.findIndex(test);
  if (index >= 0) list.splice(index, 1);
}

/** The provider made the room: it becomes the lesson's if it is still desired, and is superseded if not. */
function answer({ desired, ledger, lessons, moves }: Snapshot, made: LedgerRow, now: Date): void {
  const target = existing(lessons, made.session_id);
  const isWished =
    made.grant_id === desired?.grantId &&
    made.generation === desired.generation &&
    made.revision === target.revision &&
    isOpen(target.status);
  Object.assign(made, { external_id: "made", lease_until: null, next_attempt_at: null });
  made.outcome_unknown = false;
  if (!isWished) {
    Object.assign(made, { state: "superseded", delete_after: now });
    return;
  }
  const live = ledger.find(({ id, state }) => id === target.meeting_id && state === "live");
  if (live) Object.assign(live, { state: "superseded", delete_after: addMinutes(now, HOUR) });
  made.state = "live";
  target.meeting_id = made.id;
  remove(moves, ({ session_id }) => session_id === target.id);
}

/** Writes the rows that are missing and gives up those that nobody wants, as each run does first. */
export function prepare(of: Snapshot, { missing, unwanted }: Plan): void {
  for (const id of unwanted) remove(of.ledger, (one) => one.id === id);
  for (const sessionId of missing) {
    of.ledger.push(
      row({
        id: `made-${sessionId}-${of.ledger.length}`,
        session_id: sessionId,
        revision: existing(of.lessons, sessionId).revision,
        grant_id: of.desired?.grantId ?? "",
        generation: of.desired?.generation ?? 0,
      }),
    );
  }
}

/** Changes the snapshot as if the provider had done what the step asks for. */
export function take(of: Snapshot, step: Step, now: Date, isFound: boolean): void {
  if (step.kind === "give_up") {
    remove(of.moves, ({ session_id }) => session_id === step.sessionId);
    return;
  }
  const target = existing(of.ledger, step.meetingId);
  switch (step.kind) {
    case "make":
    case "poll":
      answer(of, target, now);
      break;
    case "look":
      if (isFound) answer(of, target, now);
      else target.outcome_unknown = false;
      break;
    case "update":
      target.revision = existing(of.lessons, target.session_id).revision;
      break;
    case "let_go":
      Object.assign(target, { state: "superseded", delete_after: now });
      break;
    default:
      remove(of.ledger, ({ id }) => id === target.id);
  }
}

const grants = ["wished", "old", "dead"];
const maybeLater = fc.option(
  fc.integer({ min: -60, max: 600 }).map((seconds) => addSeconds(NOW, seconds)),
);

const generatedRow = fc.record({
  grant_id: fc.constantFrom(...grants),
  generation: fc.constantFrom(1, 2),
  revision: fc.constantFrom(1, 2),
  external_id: fc.option(fc.constant("external")),
  attempts: fc.nat(5),
  outcome_unknown: fc.boolean(),
  lease_until: maybeLater,
  next_attempt_at: maybeLater,
  delete_after: maybeLater,
  refused: fc.constant(false),
});

const generatedLesson = fc.record({
  status: fc.constantFrom("SCHEDULED", "JOIN_OPEN", "COMPLETED", "CANCELLED", "NO_SHOW"),
  /** In minutes from now; negative is past. */
  start: fc.integer({ min: -120, max: 3_000 }),
  revision: fc.constantFrom(1, 2),
  live: fc.option(fc.record({ row: generatedRow, isManual: fc.boolean() })),
  intended: fc.option(generatedRow),
  old: fc.array(
    fc.record({ row: generatedRow, state: fc.constantFrom("superseded", "deleting") }),
    { maxLength: 2 },
  ),
  isMoving: fc.boolean(),
});

/** Any snapshot that the database's constraints allow. */
export const anySnapshot: fc.Arbitrary<Snapshot> = fc
  .record({
    status: fc.constantFrom("connected", "needs_reconnect", "disconnected", null),
    lessons: fc.array(generatedLesson, { maxLength: 5 }),
  })
  .map(({ status, lessons }) => {
    const dead = status === "needs_reconnect" ? ["dead", "wished"] : ["dead"];
    const made = snapshot({
      lessons: [],
      deadGrants: new Set(dead),
      desired: status && { grantId: "wished", generation: 2, status },
    });
    for (const [index, one] of lessons.entries()) addLesson(made, one, index);
    return made;
  });

type Generated = typeof generatedLesson extends fc.Arbitrary<infer T> ? T : never;

function addLesson(made: Snapshot, one: Generated, index: number): void {
  const id = `lesson-${index}`;
  const start = addMinutes(NOW, one.start);
  const base = { session_id: id };
  made.lessons.push({
    id,
    status: one.status,
    scheduled_start_at: start,
    scheduled_end_at: addMinutes(start, 45),
    revision: one.revision,
    meeting_id: one.live ? `live-${index}` : null,
  });
  if (one.live) {
    const manual = one.live.isManual ? { origin: "manual" as const, grant_id: null } : {};
    const state = { state: "live" as const, external_id: "external", outcome_unknown: false };
    made.ledger.push(row({ ...one.live.row, ...base, ...state, ...manual, id: `live-${index}` }));
  }
  if (one.intended) made.ledger.push(row({ ...one.intended, ...base, id: `next-${index}` }));
  for (const [which, { row: old, state }] of one.old.entries()) {
    const external = { external_id: "external", outcome_unknown: false };
    made.ledger.push(row({ ...old, ...base, ...external, state, id: `old-${index}-${which}` }));
  }
  if (one.isMoving) made.moves.push({ session_id: id, generation: 2, state: "pending" });
}
