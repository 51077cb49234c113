import { expect, test } from "vitest";
import { wordsFor } from "#lib/platform/words.ts";
import { found, type TutorReport } from "#lib/services/support/views.ts";
import type { Teller } from "./sentences.ts";
import { verdictOf } from "./verdict.ts";

const ID = "6f1c7f0e-8f0f-4d5a-9f57-0d5c2a8f9b11";
const AT = "2027-01-04T09:00:00.000Z";

test("a tutor who is well is said to be, with what to do if somebody sees something else", () => {
  const lessons = [lesson(), lesson()];
  expect(verdict({ connection, lessons })).toEqual({
    state: "good",
    sentence: "All is well: 2 lessons are ahead, each with its room.",
    todo: "Nothing to do. If somebody still sees something else, they should reload their page; Check links asks Zoom itself.",
    more: 0,
  });
  expect(verdict({ connection }).sentence).toBe("All is well: no lesson is ahead.");
  expect(verdict({}).sentence).toMatch(/^Nothing is set up yet/);
  expect(verdict({ connection: { ...connection, status: "disconnected" } }).sentence).toBe(
    "Zoom is disconnected, and no lesson is ahead.",
  );
});

test("a migration under way or with a date is no trouble, and is said", () => {
  const moving = {
    connection,
    lessons: [lesson()],
    migrations: [migration({ status: "running" })],
  };
  expect(verdict(moving)).toMatchObject({
    state: "good",
    sentence: "All is well, and lessons are moving to Zoom: 1 of 3 so far.",
  });
  const waiting = migration({ status: "waiting", waitingUntil: AT, deferred: 2 });
  expect(verdict({ connection, migrations: [waiting] }).sentence).toBe(
    `All is well; 2 lessons move to Zoom later, after ${AT}.`,
  );
});

test("the most pressing thing comes with what to do, says no id, and counts what else there is", () => {
  const failed = found("moves_failed", { what: ID, provider: "zoom", count: 2 });
  const overdue = found("overdue", { what: ID, provider: "zoom", detail: "room" });
  const stranded = found("stranded", { what: "81234567890", provider: "zoom", at: AT });
  const elsewhere = found("elsewhere", {
    lesson: { id: ID, title: "Algebra with Mia", startsAt: AT },
    provider: "google_meet",
  });
  expect(verdict({}, failed, elsewhere)).toEqual({
    state: "bad",
    sentence: "2 lessons couldn’t move to Zoom. The old rooms still work.",
    todo: "Read what the provider said about each below, fix that, then press Retry failed.",
    more: 1,
  });
  const dead = found("needs_reconnect", { provider: "zoom", detail: "invalid_grant" });
  expect(verdict({}, elsewhere, dead)).toMatchObject({
    sentence: "The tutor needs to reconnect Zoom.",
    more: 1,
  });
  expect(verdict({}, overdue, overdue)).toMatchObject({
    sentence: "2 rooms are overdue: nothing is working on what is due.",
    more: 0,
  });
  expect(verdict({}, elsewhere, elsewhere)).toMatchObject({
    sentence: `Algebra with Mia, ${AT}: Its room is still at the previous connection (Google Meet).`,
    more: 1,
  });
  for (const finding of [failed, overdue, stranded, elsewhere]) {
    const { sentence, todo } = verdict({}, finding);
    expect(`${sentence} ${todo}`).not.toMatch(/[\da-f]{8}-|\d{9}/);
  }
});

const teller: Teller = {
  words: wordsFor("en", "support"),
  label: (provider) => (provider === "zoom" ? "Zoom" : "Google Meet"),
  when: (iso) => iso,
};

const connection: NonNullable<TutorReport["connection"]> = {
  provider: "zoom",
  status: "connected",
  account: "tara@tutors.example",
  connectedAt: AT,
  updatedAt: AT,
  error: null,
  pausedUntil: null,
  failedRefreshes: 0,
  refreshError: null,
};

const lesson = (): TutorReport["lessons"][number] => ({
  id: ID,
  title: "Algebra with Mia",
  startsAt: AT,
  status: "SCHEDULED",
  provider: "zoom",
  opens: "zoom",
  hasLink: true,
  room: { origin: "segue", externalId: "81234567890" },
  updatedAt: AT,
  problem: null,
});

const migration = (
  part: Partial<TutorReport["migrations"][number]>,
): TutorReport["migrations"][number] => ({
  id: ID,
  kind: "switch",
  isRedo: false,
  status: "completed",
  generation: 1,
  from: "google_meet",
  to: "zoom",
  accounts: null,
  total: 3,
  moved: 1,
  failed: 0,
  answeredSince: 0,
  deferred: 0,
  skipped: 0,
  remaining: 2,
  createdBy: null,
  createdAt: AT,
  settledAt: null,
  durationMs: null,
  finishedAt: null,
  waitingUntil: null,
  undoUntil: null,
  by: { name: "Tara", isTutor: true },
  ...part,
});

function verdict(part: Partial<TutorReport>, ...findings: ReturnType<typeof found>[]) {
  return verdictOf(teller, {
    tutor: { id: ID, name: "Tara", email: "tara@tutors.example", isConfirmed: true },
    connection: null,
    checks: [{ step: "work", state: findings.length > 0 ? "bad" : "good", findings }],
    lessons: [],
    running: [],
    migrations: [],
    moves: [],
    waiting: [],
    stranded: [],
    accounts: [],
    events: [],
    mails: [],
    ...part,
  });
}

test("a tutor whose address isn't confirmed can't connect anything yet, and support is told so", () => {
  const tutor = { id: ID, name: "Tara", email: "tara@tutors.example", isConfirmed: false };
  const { state, sentence, todo } = verdict({ tutor });
  expect(state).toBe("bad");
  expect(sentence).toContain("tara@tutors.example isn’t confirmed");
  expect(todo).toContain("npm run segue -- confirm tara@tutors.example");
});
