import { expect, test } from "vitest";
import { migrationDetail } from "#lib/services/switching/migrationHistory.ts";
import type { MigrationResult } from "#lib/services/switching/views.ts";
import type { Effect, ProviderName } from "#sandbox/faults.ts";
import { someOf } from "#tests/harness/extent.ts";
import { expectInOrder, roomsOf } from "#tests/harness/order.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student } = scene();

const passing = [
  ["google", "user_rate_limited_403"],
  ["zoom", "cut_before"],
  ["zoom", "unavailable"],
  ["google", "unavailable"],
  ["google", "rate_limited"],
  ["google", "html_5xx"],
  ["google", "cut_before"],
  ["zoom", "rate_limited"],
  ["zoom", "html_5xx"],
] as const;

test.each(someOf(passing, 3))(
  "%s: after %s the lessons come again by themselves and move",
  async (name, effect) => {
    const result = await switchThrough(name, effect, 5);
    expect(result?.failed).toBe(0);
    for (let minute = 0; minute < 10; minute++) await segue.later({ seconds: 30 });
    expect(await detail(result)).toMatchObject({ status: "completed", moved: 2, remaining: 0 });
    await expectInOrder(segue, tutor);
    expect((await roomsOf(segue, tutor)).filter(({ state }) => state === "live")).toHaveLength(2);
  },
);

test("a provider that is down is asked less and less often, and old links live on", async () => {
  const result = await switchThrough("google", "unavailable");
  expect(result).toMatchObject({ running: true, migrated: 0, failed: 0 });
  for (let hour = 0; hour < 3; hour++) await segue.later({ hours: 1 });
  const calls = await segue.standIns.calls("create");
  expect(calls.length).toBeLessThan(24);
  await expectInOrder(segue, tutor);
  expect((await detail(result)).sessions[0]).toMatchObject({
    state: "pending",
    error: { code: "outcome_unknown" },
    nextAttemptAt: expect.any(String),
  });
});

test("what a provider can't do before the lesson starts ends as failed, on its old link", async () => {
  const result = await switchThrough("zoom", "rate_limited");
  const before = await segue.sessions(tutor);
  await segue.later({ days: 2 });
  expect(await detail(result)).toMatchObject({ status: "completed_with_failures", failed: 2 });
  expect((await segue.sessions(tutor)).map(({ join_url: url }) => url)).toEqual(
    before.map(({ join_url: url }) => url),
  );
});

test("beyond Zoom's hundred a day the later lessons wait for their date on living old links", async () => {
  segue.clock.set("2027-01-04T09:00:00Z");
  await segue.connect(tutor, "google_meet");
  await segue.lessons(tutor, student, 5);
  await segue.standIns.settings({ zoomDailyLimit: 3 });
  const result = await segue.connect(tutor, "zoom");
  expect(result).toMatchObject({ success: true, migrated: 3, deferred: 2, failed: 0 });
  expect(result?.running).toBe(false);
  // Three calls are under way at a time, so Zoom decides which of those near the limit come first.
  const states = result?.sessions.map(({ status }) => status).sort();
  expect(states).toEqual(["deferred", "deferred", "moved", "moved", "moved"]);
  const midnight = "2027-01-05T00:00:00.000Z";
  const waiting = await detail(result);
  expect(waiting).toMatchObject({ status: "waiting", deferred: 2, waitingUntil: midnight });
  for (const { state, error } of waiting.sessions) {
    expect(error?.code).toBe(state === "deferred" ? "daily_limit" : undefined);
  }
  await expectInOrder(segue, tutor);
  const written = () => segue.rows("select id, updated_at from migrations order by id");
  const before = await written();
  await segue.later({ hours: 3 });
  expect((await detail(result)).status).toBe("waiting");
  expect(await written(), "waiting writes nothing").toEqual(before);
  await expectInOrder(segue, tutor);

  segue.clock.set(midnight);
  await segue.later({});
  await segue.standIns.settings({ zoomDailyLimit: 100 });
  expect(await detail(result)).toMatchObject({ status: "completed", moved: 5, deferred: 0 });
  expect((await segue.sessions(tutor)).every(({ provider }) => provider === "zoom")).toBe(true);
});

test("a Meet room that is still being made is asked for until it is there", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 2);
  await segue.standIns.faults({
    provider: "google",
    operation: "create",
    effect: "conference_pending",
    times: 3,
  });
  const result = await segue.connect(tutor, "google_meet");
  expect(result).toMatchObject({ migrated: 2, failed: 0 });
  await expectInOrder(segue, tutor);
});

test("a Meet room that Google gives up on is cleared away and asked for under another key", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  await segue.standIns.faults({
    provider: "google",
    operation: "create",
    effect: "conference_failure",
  });
  const result = await segue.connect(tutor, "google_meet");
  expect(result).toMatchObject({ migrated: 0, failed: 0, running: true });
  await segue.standIns.faults();
  for (let step = 0; step < 8; step++) await segue.later({ seconds: 60 });
  expect(await detail(result)).toMatchObject({ status: "completed", moved: 1 });
  const keys = (await segue.ledger(tutor)).map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  await segue.later({ hours: 2 });
  expect(await roomsOf(segue, tutor)).toMatchObject([{ provider: "google_meet", state: "live" }]);
  await expectInOrder(segue, tutor);
});

const detail = (result: MigrationResult | null) =>
  migrationDetail(segue.ctx, tutor, result?.migrationId ?? "");

/** Switches away from the other provider, with `effect` as the fault in the new one's creates. */
async function switchThrough(provider: ProviderName, effect: Effect, times?: number) {
  const [from, to] = provider === "zoom" ? ["google_meet", "zoom"] : ["zoom", "google_meet"];
  await segue.connect(tutor, from as "zoom");
  await segue.lessons(tutor, student, 2);
  await segue.standIns.forgetCalls();
  await segue.standIns.faults({ provider, operation: "create", effect, ...(times && { times }) });
  return segue.connect(tutor, to as "zoom");
}
