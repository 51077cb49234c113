/** Nothing is found by a judge that overlooks it, so here each fault is shown to it. */
import { expect, test } from "vitest";
import { operations } from "#server/openapi/operations.ts";
import type { App } from "#tests/harness/app.ts";
import { faultsOf, isPastRules } from "./judge.ts";
import type { Plan } from "./making/plan.ts";
import type { Received } from "./making/send.ts";
import { linesOf, secretsIn } from "./said.ts";
import { type Kind, kinds, type Player } from "./world/players.ts";
import type { World } from "./world/world.ts";

const circleOf = (circle: number) => {
  const player = (kind: Kind): Player => ({
    id: `${kind} ${circle}`,
    name: "",
    email: "",
    role: "student",
    kind,
    circle,
    word: `zq${kind}${circle}`,
    secret: `zx${kind}${circle}`,
    password: `pwzq-${kind}${circle}`,
    cookie: "",
    bearer: `bearer of ${kind} ${circle}`,
    possible: [],
    ended: [{ cookie: "", bearer: `former bearer of ${kind} ${circle}` }],
  });
  const players = Object.fromEntries(kinds.map((kind) => [kind, player(kind)]));
  return { players: players as Record<Kind, Player>, ids: {} as never, lesson: "" };
};
const [own, other] = [circleOf(0), circleOf(1)];
const world: World = {
  app: {} as App,
  words: () => "",
  circles: [own, other],
  tokens: [{ kind: "asked", value: "mailed-token", of: other.players.student }],
  everybody: () => [own, other].flatMap(({ players }) => Object.values(players)),
};

const plan = (name: string, change: Partial<Plan> = {}): Plan => {
  const operation = operations.find(({ method, path }) => `${method} ${path}` === name) ?? null;
  const { student } = own.players;
  const sent = { method: "GET", path: "/api/me", headers: [], body: null };
  return { sent, operation, caller: student, as: [student], consentsAt: null, ...change };
};
const shield = {
  "content-security-policy": "x",
  "referrer-policy": "x",
  "x-content-type-options": "x",
  "x-frame-options": "x",
};
const answer = (status: number, text: string, type = "application/json"): Received => ({
  status,
  text,
  headers: { ...shield, "content-type": type },
});
const refused = (status: number, code: string) =>
  answer(
    status,
    JSON.stringify({ status, code, detail: "A sentence." }),
    "application/problem+json",
  );
const me = plan("GET /api/me");
const mine = '{"id":"3f2504e0-4f89-41d3-9a0c-0305e82c3301"}';
const faults = (asked: Plan, answered: Received) => faultsOf(world, asked, answered).join("; ");

test("what is answered as published is no finding", () => {
  expect(faults(me, answer(200, mine))).toBe("");
  expect(faults(me, refused(401, "not_signed_in"))).toBe("");
});

test("a fault of ours, and an answer without its headers, are found", () => {
  expect(faults(me, refused(500, "internal"))).toContain("status 500");
  expect(faults(me, refused(503, "unavailable"))).toContain("status 503");
  const { "x-frame-options": _, ...less } = answer(200, mine).headers;
  expect(faults(me, { ...answer(200, mine), headers: less })).toContain("x-frame-options");
});

test.each([
  "Error: no\n    at handle (/srv/server/http.ts:44:9)",
  'select "id", "name" from "people" where "id" = $1',
  'insert into "bookings" ("id") values ($1)',
  'duplicate key value violates unique constraint "x"',
  "invalid byte sequence for encoding",
  'relation "people" does not exist',
  "connect ECONNREFUSED 127.0.0.1:5432",
  `${process.cwd()}/server/http`,
])("what is ours to know is found in a body: %s", (text) => {
  expect(faults(me, answer(200, JSON.stringify({ ...JSON.parse(mine), text })))).not.toBe("");
});

test("a word of somebody else is found, unless they may know it, typed it or hold the key", () => {
  const says = (words: string, change: Partial<Plan> = {}) =>
    faults(plan("GET /api/me", change), answer(200, `${mine.slice(0, -1)},"name":"${words}"}`));
  const { student, tutor } = own.players;
  const foreign = other.players.student;
  expect(says(student.word + student.secret)).toBe("");
  expect(says(tutor.word)).toBe("");
  expect(says(tutor.secret)).toBe("tells the secret of tutor 0");
  expect(says(foreign.word)).toBe("tells the word of student 1");
  expect(says(student.word, { as: [tutor] })).toBe("");
  expect(says(student.secret, { as: [tutor] })).toBe("tells the secret of student 0");
  expect(says(tutor.word, { as: [] })).toBe("tells the word of tutor 0");
  expect(says(foreign.word, { as: [own.players.support] })).toBe("");
  const sent = { ...me.sent, path: `/support?who=${foreign.word}` };
  expect(says(foreign.word, { sent })).toBe("");
  expect(says(foreign.word, { sent: { ...me.sent, path: "/api/asked/mailed-token" } })).toBe("");
  for (const path of ["/asked/MAILED-TOKEN", "/asked/%6dailed-token"]) {
    expect(says(foreign.word, { sent: { ...me.sent, path } })).toBe("");
  }
  const location = {
    ...answer(303, "", ""),
    headers: { ...shield, location: `/x?${foreign.word}` },
  };
  expect(faults(plan("GET /sessions/{id}/join"), location)).toBe("tells the word of student 1");
});

test("an answer that the contract doesn't publish is found", () => {
  expect(faults(me, answer(200, '{"name":"no id"}'))).toContain("isn't what is published");
  expect(faults(me, answer(201, mine))).toContain("answers 201");
  expect(faults(me, refused(401, "made_up"))).toContain("no problem document");
  expect(faults(me, answer(401, '{"message":"no"}'))).toContain("no problem document");
  expect(faults(me, answer(401, "no", "text/plain"))).toContain("is refused as text/plain");
});

test("past the rules is what was understood, whatever came of it then", () => {
  const isPast = (asked: Plan, answered: Received) => isPastRules(asked, answered);
  expect(isPast(me, answer(200, mine))).toBe(true);
  expect(isPast(me, refused(409, "wrong_state"))).toBe(true);
  expect(isPast(me, refused(404, "not_found"))).toBe(true);
  expect(isPast({ ...me, operation: null }, refused(404, "not_found"))).toBe(false);
  for (const status of [400, 405, 413, 415, 422]) {
    expect(isPast(me, refused(status, "invalid_input"))).toBe(false);
  }
});

test("the log holds neither faults nor what nobody wrote on purpose, nor a secret", () => {
  const info = '{"level":30,"msg":"A migration began"}';
  expect(linesOf(`${info}\n{"level":40,"msg":"slow"}\n\n`)).toEqual([]);
  const bad = ['{"level":50,"msg":"failed"}', "Error: a stack", '{"level":60}'];
  expect(linesOf([info, ...bad].join("\n"))).toEqual(bad);
  expect(secretsIn(world, info)).toEqual([]);
  for (const secret of [
    "pwzq-anything",
    "mailed-token",
    "bearer of tutor 1",
    "former bearer of tutor 1",
  ]) {
    expect(secretsIn(world, `${info}\n{"level":30,"typed":"${secret}"}`).length).toBeGreaterThan(0);
  }
});
