import { beforeAll, expect, test } from "vitest";
import { advanceSessions } from "#lib/services/sessions/advanceSessions.ts";
import type { Fault } from "#sandbox/faults.ts";
import { comparable } from "#tests/harness/comparable.ts";
import { inWhole } from "#tests/harness/extent.ts";
import { expectInOrder } from "#tests/harness/order.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student } = scene({
  shared: true,
  tutor: { name: "Tara" },
  student: { name: "Sam" },
});
let accounts = 0;
let healthy: Run;
beforeAll(runWithoutPoison);

test("a run without poison is what it is compared with: all moved, at once, one create each", () => {
  const { switched, ended, poison } = healthy;
  expect(poison).toMatchObject({ state: "moved", attempts: 1 });
  expect(switched.moves).toHaveLength(OTHERS);
  expect(new Set(switched.moves.map(({ state, attempts }) => `${state} ${attempts}`))).toEqual(
    new Set(["moved 1"]),
  );
  expect(new Set(switched.moves.map((move) => move.finished_at)).size).toBe(1);
  expect(switched.calls.map((call) => call.operation)).toEqual(Array(OTHERS).fill("create"));
  expect(switched.rooms).toHaveLength(2 * OTHERS);
  expect(ended.rooms).toHaveLength(OTHERS);
  expect(ended.calls).toHaveLength(2 * OTHERS);
});

test("one lesson that is refused for good changes nothing for the others", async () => {
  const { switched, ended, poison } = await run({ effect: "invalid_request" });
  expect(poison).toMatchObject({ state: "failed", attempts: 1, error_code: "invalid_request" });
  expect(switched).toEqual(healthy.switched);
  expect(ended).toEqual(healthy.ended);
});

/** A migration's undo window begins when its last lesson has settled; until then old rooms stay. */
function butWhenOldRoomsGo({ sessions, meetings, moves, calls, rooms }: Fates): Fates {
  const without = (row: Row, ...fields: string[]) =>
    Object.fromEntries(Object.entries(row).filter(([field]) => !fields.includes(field)));
  return {
    sessions,
    moves,
    rooms,
    meetings: meetings.map((row) =>
      row.superseded_at ? without(row, "delete_after", "closed_at", "updated_at") : row,
    ),
    calls: calls.map((call) => (call.operation === "delete" ? without(call, "at") : call)),
  };
}

test("one lesson whose calls always fail in passing changes for the others when old rooms go, and no more", async () => {
  const { switched, ended, poison } = await run(
    { effect: "unavailable", times: 2 },
    { effect: "cut_before", times: 2 },
    { effect: "html_5xx", times: 1 },
    { effect: "unavailable", times: 1 },
    { effect: "cut_before" },
  );
  expect(poison).toMatchObject({ state: "failed" });
  expect(Number(poison?.attempts)).toBeGreaterThan(5);
  expect(butWhenOldRoomsGo(switched)).toEqual(butWhenOldRoomsGo(healthy.switched));
  expect(butWhenOldRoomsGo(ended)).toEqual(butWhenOldRoomsGo(healthy.ended));
});

const OTHERS = inWhole(99, 24);
const POISON = "The poisoned lesson.";
const DAY = 86_400_000;

type Row = Record<string, unknown>;

/** The other lessons: their rows, calls and rooms, without what differs from run to run. */
type Fates = Record<"sessions" | "meetings" | "moves" | "calls" | "rooms", Row[]>;

interface Run {
  /** Taken when the switch could do no more. */
  switched: Fates;
  /** Taken when the old rooms are gone. */
  ended: Fates;
  poison: Row | undefined;
}

/** Moves all lessons to the next account; `effects` meet the creates of the soonest of them. */
async function run(...effects: Pick<Fault, "effect" | "times">[]): Promise<Run> {
  await segue.standIns.faults();
  await segue.book(tutor, student, { subject: POISON });
  await segue.work();
  await segue.standIns.forgetCalls();
  const create = { provider: "google", operation: "create", titleIncludes: POISON } as const;
  await segue.standIns.faults(...effects.map((effect) => ({ ...create, ...effect })));
  accounts += 1;
  // Nothing from before the run has a time within it.
  segue.clock.advance({ minutes: 1 });
  const start = segue.clock();
  await connect(`${accounts}@people.example`);
  for (let times = 0; times < 4; times++) await segue.later({ seconds: 30 });
  const switched = await fates(start);
  await expectInOrder(segue, tutor);
  // The poisoned lesson begins, so that nothing more is tried for it; then the undo window ends.
  await segue.later({ hours: 25 });
  await advanceSessions(segue.ctx);
  await segue.later({ hours: 2 });
  await expectInOrder(segue, tutor);
  const [poison] = await segue.rows(`select m.state, m.attempts, m.error_code
    from migration_sessions m join sessions s on s.id = m.session_id
    join migrations g on g.id = m.migration_id
    where s.title like '${POISON}%' order by g.generation desc`);
  return { switched, ended: await fates(start), poison };
}

async function fates(start: Date): Promise<Fates> {
  const others = <T extends object>(rows: T[]): T[] =>
    rows.filter((row) => "title" in row && String(row.title).startsWith("Lesson "));
  const ledger = others(await segue.ledger(tutor));
  const generation = Math.max(...ledger.map((row) => row.generation));
  const moves = await segue.rows(`select s.title, m.* from migration_sessions m
    join sessions s on s.id = m.session_id
    where m.migration_id = (select id from migrations order by generation desc limit 1)`);
  const calls = others(await segue.standIns.calls());
  const rooms = others(await segue.standIns.rooms());
  const found = {
    sessions: others(await segue.sessions(tutor)),
    // These are each lesson's new room and the one that it replaced.
    meetings: ledger.filter((row) => row.generation >= generation - 1),
    moves: others(moves),
    calls: calls.map((call) => ({ ...call, at: new Date(call.at) })),
    rooms: rooms.map(({ marker: _, owner, ...room }) => ({
      ...room,
      isNew: owner.startsWith(`${accounts}@`),
    })),
  };
  return comparable(found, start);
}

async function runWithoutPoison(): Promise<void> {
  await segue.standIns.settings({ googleExpiresIn: (30 * DAY) / 1000 });
  await connect("0@people.example");
  const startsAt = new Date(segue.clock().getTime() + 10 * DAY);
  await segue.lessons(tutor, student, OTHERS, { startsAt });
  healthy = await run();
}

/**
 * With an access token that lasts for the whole test, which no answer makes us believe. A refresh in the middle would take
 * longer the more calls wait for it.
 */
async function connect(account: string): Promise<void> {
  await segue.connect(tutor, "google_meet", account);
  await segue.rows(`update tutor_video_provider_connections
    set access_token_expires_at = access_token_expires_at + interval '30 days' returning tutor_id`);
}
