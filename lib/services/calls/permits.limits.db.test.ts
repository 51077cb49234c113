/** @module-tag whole */
import { beforeEach, expect, test } from "vitest";
import { addSeconds } from "#lib/platform/clock.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import { checkLinks } from "#lib/services/drift/checkLinks.ts";
import { joinSession } from "#lib/services/sessions/joinSession.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { migrationDetail } from "#lib/services/switching/migrationHistory.ts";
import type { MigrationResult } from "#lib/services/switching/views.ts";
import type { Fault } from "#sandbox/faults.ts";
import { expectInOrder, roomsOf } from "#tests/harness/order.ts";
import { scene } from "#tests/harness/scene.ts";
import { callWithPermit } from "./callWithPermit.ts";
import { openGrant } from "./grantSession.ts";
import { acquirePermit } from "./permits.ts";

const { segue, tutor, student } = scene({ start: "2027-01-04T09:00:00Z" });
beforeEach(async () => {
  // Each test has an organisation of its own, so that no test has used up another's pace.
  Object.assign(tutor, await segue.person("tutor", { email: `tutor@${student.id}.example` }));
  await segue.rows("truncate provider_budgets, provider_circuits, provider_plans");
});

test("near Zoom's hundred a day the soonest move today and the rest tomorrow, and ten stay for those without a room", async () => {
  await segue.connect(tutor, "zoom");
  // Eighty rooms were made or changed earlier today.
  await segue.rows(`insert into provider_budgets (key, day, taken)
    select 'zoom writes ' || account_user_id, '2027-01-04', 80
      from tutor_video_provider_connections where tutor_id = '${tutor.id}'`);
  await segue.connect(tutor, "google_meet");
  for (const hours of [0, 2]) await weekly(7, hours);
  await segue.work();
  await segue.standIns.forgetCalls();
  const before = await segue.sessions(tutor);

  const result = await segue.connect(tutor, "zoom");
  const midnight = "2027-01-05T00:00:00.000Z";
  const today = await detail(result);
  const counts = { moved: 10, deferred: 4, failed: 0 };
  expect(today).toMatchObject({ status: "waiting", ...counts, waitingUntil: midnight });
  expect(today.sessions.map(({ state }) => state)).toEqual(
    before.map((_, index) => (index < 10 ? "moved" : "deferred")),
  );
  expect(today.sessions[10]).toMatchObject({
    attempts: 0,
    error: { code: "daily_limit" },
    nextAttemptAt: midnight,
  });
  expect((await segue.sessions(tutor)).slice(10)).toEqual(before.slice(10));
  await expectInOrder(segue, tutor);
  expect(await writes()).toHaveLength(10);

  // A new booking, a reschedule, and a lesson whose old room is gone: none of them can wait.
  const [booked = ""] = await segue.book(tutor, student, { startsAt: hoursFromNow(36) });
  const startsAt = hoursFromNow(37).toISOString();
  await rescheduleSession(segue.ctx, tutor, before[0]?.id ?? "", { startsAt });
  const last = before.at(-1);
  const id = last?.meeting_external_id;
  await segue.standIns.control("delete-meeting", { provider: "google", id });
  await checkLinks(segue.ctx, tutor.id);
  await segue.work();
  const now = new Map((await segue.sessions(tutor)).map((session) => [session.id, session]));
  expect(now.get(booked)).toMatchObject({ provider: "zoom" });
  expect(now.get(last?.id ?? "")).toMatchObject({ provider: "zoom" });
  expect(await writes()).toHaveLength(13);
  await segue.later({ hours: 3 });
  expect(await writes()).toHaveLength(13);

  segue.clock.set(midnight);
  await segue.later({});
  expect(await detail(result)).toMatchObject({ status: "completed", moved: 14, deferred: 0 });
  const statuses = new Set((await segue.standIns.calls()).map(({ status }) => status));
  expect(statuses).not.toContain(429);
  await expectInOrder(segue, tutor);
});

test("a day that Zoom calls used up is full for everybody, and nobody asks again before midnight", async () => {
  await segue.connect(tutor, "zoom");
  await segue.standIns.settings({ zoomDailyLimit: 3 });
  await weekly(6, 0);
  await segue.work();
  expect((await segue.sessions(tutor)).filter(({ join_url: url }) => url)).toHaveLength(3);
  const asked = (await segue.standIns.calls("create")).length;
  // These calls were under way together when Zoom reported the full day.
  expect(asked).toBeLessThanOrEqual(6);
  const [booked = ""] = await segue.book(tutor, student, { startsAt: hoursFromNow(30) });
  await segue.work();
  await segue.later({ hours: 2 });
  expect(await segue.standIns.calls("create")).toHaveLength(asked);
  await segue.standIns.settings({ zoomDailyLimit: 100 });
  segue.clock.set(new Date(Math.ceil(segue.clock().getTime() / 86_400_000) * 86_400_000));
  await segue.later({});
  const sessions = await segue.sessions(tutor);
  expect(sessions.filter(({ join_url: url }) => url)).toHaveLength(7);
  expect(sessions.find(({ id }) => id === booked)).toMatchObject({ provider: "zoom" });
});

test("a day that isn't over yet by Zoom's clock leaves the new one by ours as it is", async () => {
  await segue.connect(tutor, "zoom");
  segue.clock.set(new Date(Math.ceil(segue.clock().getTime() / 86_400_000) * 86_400_000 + 1_000));
  const { permit } = await withSession();
  const refused = new ProviderError("daily_limit", "No", { retryAt: segue.clock() });
  const { taken } = await permit();
  if (taken instanceof ProviderError) throw taken;
  const call = () => Promise.reject(refused);
  await expect(callWithPermit(segue.ctx, taken, { by: tutor.id }, call)).rejects.toBe(refused);
  expect((await permit()).taken).not.toBeInstanceOf(ProviderError);
});

test("the plan that an answer tells is the one that is kept to from then on", async () => {
  await segue.connect(tutor, "zoom");
  const plan = async () =>
    (await segue.rows("select plan from provider_plans")).map((row) => row.plan);
  // The stand-in sends the headers of the largest plan, and enforces none.
  await segue.lessons(tutor, student, 1);
  expect(await plan()).toEqual(["business"]);
  await segue.standIns.settings({ zoomPlan: "free" });
  await segue.lessons(tutor, student, 1, { startsAt: hoursFromNow(40) });
  await segue.standIns.settings({ zoomPlan: "none" });
  expect(await plan()).toEqual(["free"]);
  // Zoom publishes two a second for this plan, and we stay below that.
  await segue.rows("update provider_budgets set paced_until = null");
  const { permit } = await withSession();
  const now = segue.clock();
  const times = [await permit(), await permit(), await permit()].map((taken) => taken.goAt);
  expect(times).toEqual([now, addSeconds(now, 1), addSeconds(now, 2)]);
  expect(await permit()).toMatchObject({ code: "rate_limited", goAt: undefined });
});

test("a provider that is down is probed now and then, by one, and all lessons move when it is back", async () => {
  await segue.connect(tutor, "google_meet");
  await weekly(20, 0);
  await segue.work();
  const operations = ["create", "list", "get"] as const;
  const down = operations.map(
    (operation): Fault => ({ provider: "zoom", operation, effect: "unavailable" }),
  );
  await segue.standIns.faults(...down);
  await segue.standIns.forgetCalls();
  const result = await segue.connect(tutor, "zoom");
  for (let step = 0; step < 15; step++) await segue.later({ seconds: 20 });
  const calls = await segue.standIns.calls();
  expect(calls.filter(({ status }) => status !== 200).length).toBeLessThan(25);
  await expectInOrder(segue, tutor);
  const waiting = (await detail(result)).sessions.filter(({ attempts }) => attempts === 0);
  expect(waiting.length).toBeGreaterThan(10);
  expect(waiting[0]).toMatchObject({ state: "pending", error: { code: "unavailable" } });

  await segue.standIns.faults();
  // The lesson that was tried most often waits longest, and which one that is depends on who came first.
  for (let step = 0; step < 15 && (await detail(result)).status === "running"; step++) {
    await segue.later({ seconds: 60 });
  }
  expect(await detail(result)).toMatchObject({ status: "completed", moved: 20 });
  await expectInOrder(segue, tutor);
  const live = (await roomsOf(segue, tutor)).filter(({ state }) => state === "live");
  expect(live).toHaveLength(20);
});

test("one lesson that a provider never takes holds up neither the others nor a new one", async () => {
  await segue.connect(tutor, "zoom");
  await segue.standIns.faults({
    provider: "zoom",
    operation: "create",
    effect: "cut_before",
    titleIncludes: "Poison",
  });
  await segue.book(tutor, student, { subject: "Poison", repeatWeekly: 1 });
  await segue.work();
  for (let step = 0; step < 8; step++) await segue.later({ seconds: 75 });
  await segue.standIns.forgetCalls();
  await weekly(5, 2);
  await segue.work();
  const sessions = await segue.sessions(tutor);
  expect(sessions.map(({ join_url: url }) => url !== null)).toEqual([
    false,
    ...Array(5).fill(true),
  ]);
});

test("a tutor at the door neither waits for the pace nor for the probe of a provider", async () => {
  await segue.connect(tutor, "zoom");
  const [id = ""] = await segue.lessons(tutor, student, 1);
  segue.clock.advance({ hours: 23, minutes: 50 });
  const pace = () =>
    segue.rows("select paced_until from provider_budgets where key like 'zoom light%'");
  // A call that waited here would wait for ever.
  const ctx = { ...segue.ctx, sleep: () => new Promise<void>(() => undefined) };
  const open = async () => {
    const door = await joinSession(ctx, tutor, id);
    return door.kind === "open" && door.url;
  };
  expect(await open()).toContain("zak=");
  const [first] = await pace();
  await segue.rows(`update provider_budgets set paced_until = paced_until + interval '1 hour'`);
  await segue.rows(`insert into provider_circuits (provider, failures, open_until)
    values ('zoom', 7, '2100-01-01') on conflict (provider, operation) do update
    set failures = 7, open_until = '2100-01-01'`);
  expect(await open()).toContain("zak=");
  const [second] = await pace();
  expect(Number(second?.paced_until)).toBeGreaterThan(Number(first?.paced_until) + 3_600_000);
  // Any answer shows that the provider is back.
  expect(
    await segue.rows("select failures from provider_circuits where operation = 'all'"),
  ).toEqual([{ failures: 0 }]);
});

test("a join that costs Google no call leaves the probe to one that is made", async () => {
  await segue.connect(tutor, "google_meet");
  const [id = ""] = await segue.lessons(tutor, student, 1);
  segue.clock.advance({ hours: 23, minutes: 50 });
  await segue.rows(`insert into provider_circuits (provider, failures, open_until)
    values ('google_meet', 5, '2027-01-01') on conflict (provider, operation) do update
    set failures = 5, open_until = '2027-01-01'`);
  expect(await joinSession(segue.ctx, tutor, id)).toMatchObject({ kind: "open" });
  const { permit } = await withSession();
  expect((await permit()).taken).toMatchObject({ probe: { failures: 5 } });
});

test("an answer that can't be used is an answer: nobody else is kept from asking", async () => {
  await segue.connect(tutor, "google_meet");
  const { permit } = await withSession();
  // This is the error for a link on another host, or a body that can't be read.
  const unusable = new ProviderError("unavailable", "No usable link", { status: 200 });
  for (let lesson = 0; lesson < 5; lesson++) {
    const { taken } = await permit();
    if (taken instanceof ProviderError) throw taken;
    const call = () => Promise.reject(unusable);
    await expect(callWithPermit(segue.ctx, taken, { by: segue.ctx.newId() }, call)).rejects.toBe(
      unusable,
    );
  }
  expect(await permit()).toMatchObject({ code: undefined });
});

const detail = (result: MigrationResult | null) =>
  migrationDetail(segue.ctx, tutor, result?.migrationId ?? "");

const hoursFromNow = (hours: number) => new Date(segue.clock().getTime() + hours * 3_600_000);

const weekly = (repeatWeekly: number, hours: number) =>
  segue.book(tutor, student, { repeatWeekly, startsAt: hoursFromNow(24 + hours) });

const writes = async () => [
  ...(await segue.standIns.calls("create")),
  ...(await segue.standIns.calls("update")),
];

/** The tutor's grant session, and permits for creates with it. */
async function withSession() {
  const [connection] = await segue.rows(
    `select grant_id from tutor_video_provider_connections where tutor_id = '${tutor.id}'`,
  );
  const grantSession = await openGrant(segue.ctx, String(connection?.grant_id));
  const permit = async () => {
    const taken = await acquirePermit(segue.ctx, grantSession, { kind: "create" });
    return taken instanceof ProviderError
      ? { taken, code: taken.code, goAt: undefined }
      : { taken, code: undefined, goAt: taken.goAt };
  };
  return { permit };
}
