import { beforeAll, expect, test } from "vitest";
import { mayRead } from "#server/metricsRoute.ts";
import { scene } from "#tests/harness/scene.ts";
import { measured } from "./measured.ts";
import { createMetrics, type Metrics } from "./metrics.ts";

const { segue, tutor, switchedWithOneFailure } = scene({ shared: true });
let metrics: Metrics;
beforeAll(measureASwitch);

test("what is under way is counted by state, also where there is nothing yet", async () => {
  const text = await lines();
  expect(text).toContain('segue_migrations{status="completed_with_failures"} 1');
  expect(text).toContain('segue_migrations{status="waiting"} 0');
  expect(text).toContain('segue_moves{state="moved"} 1');
  expect(text).toContain('segue_moves{state="failed"} 1');
  expect(text).toContain('segue_connections{provider="zoom",status="needs_reconnect"} 0');
  expect(text).toContain('segue_meetings{state="superseded",provider="zoom"} 1');
  expect(text).toContain('segue_budgets{provider="zoom",limit="writes"} 2');
  expect(text).toContain("segue_lessons_without_room 0");
  expect(text).toContain("segue_lessons_soon_without_room 0");
  expect(text).toContain("segue_meetings_overdue 0");
  expect(text.some((line) => line.startsWith('segue_mails{status="queued"} '))).toBe(true);
});

test("what is no longer so is no longer reported", async () => {
  const overdue = async () => (await lines()).find((line) => /^segue_meetings_overdue /.test(line));
  segue.clock.advance({ minutes: 70 });
  expect(await overdue()).toBe("segue_meetings_overdue 1");
  await segue.later({ minutes: 1 });
  expect(await overdue()).toBe("segue_meetings_overdue 0");
  expect(await lines()).not.toContain('segue_meetings{state="superseded",provider="zoom"} 1');
});

test("a lesson without a room counts as soon in its last two hours", async () => {
  const figures = async () =>
    (await lines()).filter((line) => /^segue_lessons_(soon_)?without_room /.test(line));
  const [lesson] = await segue.rows(
    "select id, scheduled_start_at as at, join_url from sessions order by scheduled_start_at limit 1",
  );
  const id = `'${lesson?.id}'`;
  const start = new Date(`${lesson?.at}`);
  const now = segue.clock();
  const move = (minutes: number) => new Date(start.getTime() - minutes * 60_000);
  await segue.rows(`update sessions set join_url = null where id = ${id} returning 1`);
  segue.clock.set(move(121));
  expect(await figures()).toEqual([
    "segue_lessons_without_room 1",
    "segue_lessons_soon_without_room 0",
  ]);
  segue.clock.set(move(119));
  expect(await figures()).toContain("segue_lessons_soon_without_room 1");
  await segue.rows(
    `update sessions set join_url = '${lesson?.join_url}' where id = ${id} returning 1`,
  );
  segue.clock.set(now);
});

test("a mail that is given up after days is counted for a day from then on", async () => {
  const failed = async () =>
    (await lines()).find((line) => /^segue_mails{status="failed"}/.test(line));
  await segue.rows(`update mails set status = 'failed', created_at = now() - interval '9 days',
    next_attempt_at = '${segue.clock().toISOString()}' where id = (select id from mails limit 1) returning 1`);
  expect(await failed()).toBe('segue_mails{status="failed"} 1');
  segue.clock.advance({ hours: 25 });
  expect(await failed()).toBe('segue_mails{status="failed"} 0');
});

test("each call to a provider is counted by how it ended", async () => {
  const text = await lines();
  const count = (labels: string) =>
    text.find((line) => line.startsWith(`segue_provider_call_seconds_count{${labels}}`));
  expect(count('provider="zoom",call="createMeeting",outcome="ok"')).toMatch(/ 2$/);
  expect(count('provider="google_meet",call="createMeeting",outcome="ok"')).toMatch(/ 1$/);
  expect(count('provider="google_meet",call="createMeeting",outcome="not_supported"')).toMatch(
    / 1$/,
  );
});

test("nobody's id or address stands in them", async () => {
  metrics.joined("opened");
  const text = (await lines()).join("\n");
  expect(text).toContain('segue_joins_total{outcome="opened"} 1');
  expect(text).not.toContain(tutor.id);
  expect(text).not.toContain("@");
});

const open = (headers: Record<string, string>, of: { token?: string; local?: boolean } = {}) =>
  mayRead({ metricsToken: of.token ?? null, local: of.local ?? true }, new Headers(headers));

test("with a token they are for whoever shows it, from wherever", () => {
  const of = { token: "the-token" };
  expect(open({ authorization: "Bearer the-token", host: "segue.example" }, of)).toBe(true);
  expect(open({ authorization: "Bearer another12", host: "localhost:3000" }, of)).toBe(false);
  expect(open({ host: "localhost:3000" }, of)).toBe(false);
});

test("without one they are for this machine alone, whatever headers claim", () => {
  expect(open({ host: "localhost:3000" })).toBe(true);
  expect(open({ host: "127.0.0.1:3000" })).toBe(true);
  const claims = { host: "127.0.0.1:3000", "x-forwarded-for": "127.0.0.1" };
  expect(open(claims, { local: false })).toBe(false);
  expect(open({ host: "rebound.example:3000" })).toBe(false);
  expect(open({})).toBe(false);
});

const lines = async () => (await metrics.text(segue.ctx)).split("\n");

async function measureASwitch(): Promise<void> {
  metrics = createMetrics();
  segue.ctx.providers = measured(segue.ctx.providers, metrics.called);
  await switchedWithOneFailure();
}
