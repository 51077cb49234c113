import { beforeEach, expect, test } from "vitest";
import { MOST_STREAMS } from "#lib/records/limits/rules.ts";
import type { Person } from "#lib/services/verb/context.ts";
import type { Refusal } from "#lib/services/verb/errors.ts";
import type { Call } from "#server/http.ts";
import { keepRuntime, type Runtime } from "#server/runtime.ts";
import { scene } from "#tests/harness/scene.ts";
import { migrationEvents } from "./migrationEvents.ts";

const { segue, tutor, switched, newest, history } = scene();

let open: AbortController[] = [];
beforeEach(() => {
  // The streams ask again and again whether their person is still signed in. Here they are.
  const getSession = async () => ({ user: { id: tutor.id }, session: { id: "b" } });
  keepRuntime({ ctx: segue.ctx, auth: { api: { getSession } } } as unknown as Runtime);
  for (const controller of open) controller.abort();
  open = [];
});

test("of three hundred streams of one person four are opened, and nobody else waits", async () => {
  const id = await runningMigration();
  const answers = await Promise.all(Array.from({ length: 300 }, () => ask(id)));
  const refused = answers.filter(({ status }) => status === 429);
  expect(answers.filter(({ status }) => status === 200).length).toBe(MOST_STREAMS);
  expect(refused.length).toBe(300 - MOST_STREAMS);
  expect(new Set(refused.map(({ wait }) => wait))).toEqual(new Set([5]));
  const other = await segue.person("tutor");
  // It isn't theirs, so they are told so, and not that there is no room.
  expect((await ask(id, other)).status).toBe(404);
});

test("no stream is ended for a newer one, and one that ends makes room", async () => {
  const id = await runningMigration();
  const first = await ask(id);
  for (let more = 1; more < MOST_STREAMS; more++) await ask(id);
  expect((await ask(id)).status).toBe(429);
  const reader = first.answer?.body?.getReader();
  expect((await reader?.read())?.done).toBe(false);
  first.leave();
  expect((await ask(id)).status).toBe(200);
  expect((await ask(id)).status).toBe(429);
});

test.each([
  ["there is no such migration", "b7f9a9a0-0000-4000-8000-000000000000", 404],
  ["the id is none", "nonsense", 404],
])("a stream that isn't opened because %s takes no place", async (_, id, status) => {
  for (let times = 0; times <= MOST_STREAMS; times++) expect((await ask(id)).status).toBe(status);
});

test("a stream that the browser has read to its end gives its place back", async () => {
  await switched(1);
  const id = await newest();
  for (let times = 0; times <= MOST_STREAMS; times++) {
    const { answer } = await ask(id);
    expect(answer?.status).toBe(200);
    await answer?.body?.cancel();
  }
});

test("whoever asks only for the head gets that of the stream, and no place is taken for it", async () => {
  const id = await runningMigration();
  const head = (of = id, headers = {}) => ask(of, tutor, { method: "HEAD", headers });
  const [first, ...others] = await Promise.all(Array.from({ length: 20 }, () => head()));
  expect(others.every(({ status }) => status === 200)).toBe(true);
  expect(first?.answer?.body).toBeNull();
  for (let more = 0; more < MOST_STREAMS; more++) {
    const { status, answer } = await ask(id);
    expect(status).toBe(200);
    expect([...(first?.answer?.headers ?? [])]).toEqual([...(answer?.headers ?? [])]);
  }
  // What a stream would be refused with, its head is as well.
  expect(await head()).toMatchObject({ status: 429, wait: 5 });
  open.pop()?.abort();
  expect((await head("nonsense")).status).toBe(404);
  expect((await ask(id)).status).toBe(200);
});

test("the head of a stream that has nothing more to say is that of no stream", async () => {
  await switched(1);
  const id = await newest();
  const reader = (await ask(id)).answer?.body?.getReader();
  let told = "";
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
    told += new TextDecoder().decode(piece.value);
  }
  const headers = { "last-event-id": /^id: (.+)$/m.exec(told)?.[1] ?? "" };
  expect((await ask(id, tutor, { method: "HEAD", headers })).status).toBe(204);
});

/** Asks for a stream as this person's browser does. @returns the status, and Retry-After */
async function ask(id: string, person: Person = tutor, init: RequestInit = {}) {
  const controller = new AbortController();
  const request = new Request("http://localhost:3000/", { ...init, signal: controller.signal });
  const call: Call = { ctx: waiting(), person, request, id, browserSessionId: "b" };
  try {
    const answer = await migrationEvents(call);
    open.push(controller);
    return { status: answer.status, wait: null, answer, leave: () => controller.abort() };
  } catch (error) {
    const { status, retryAfterSeconds } = error as Refusal;
    return { status, wait: retryAfterSeconds, answer: null, leave: () => undefined };
  }
}

/** Between two looks the machine's time passes, and the clock stands still. */
const waiting = () => ({
  ...segue.ctx,
  sleep: () => new Promise<void>((done) => setTimeout(done, 20)),
});

/** A migration that runs on and on. */
async function runningMigration(): Promise<string> {
  await switched(1);
  const id = await newest();
  await segue.rows(
    `update migrations set status = 'running', finished_at = null where id = '${id}'`,
  );
  expect((await history())[0]?.[1]).toBe("running");
  return id;
}
