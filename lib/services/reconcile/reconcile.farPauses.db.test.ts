/** @module-tag whole */
import { beforeEach, expect, test } from "vitest";
import { refreshSessionLinks } from "#lib/services/switching/refreshSessionLinks.ts";
import type { Person } from "#lib/services/verb/context.ts";
import type { Fault } from "#sandbox/faults.ts";
import { expectInOrder } from "#tests/harness/order.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student, links } = scene({ start: "2027-01-04T09:00:00Z" });
const other = {} as Person;
beforeEach(async () => {
  segue.clock.set("2027-01-04T09:00:00Z");
  await segue.rows("truncate provider_budgets, provider_circuits, provider_plans");
  // The two are of one organisation, which no other test has.
  Object.assign(tutor, await segue.person("tutor", { email: `one@${student.id}.example` }));
  Object.assign(other, await segue.person("tutor", { email: `two@${student.id}.example` }));
});

test("one answer that asks for a month holds up its tutor for minutes, and nobody else", async () => {
  await segue.connect(tutor, "zoom");
  await segue.connect(other, "zoom");
  await refuseOnce({ retryAfter: "2592000" });
  await segue.book(tutor, student, { subject: "Refused" });
  await segue.work();
  const [row] = await segue.ledger(tutor);
  expect(Number(row?.next_attempt_at) - segue.clock().getTime()).toBeLessThanOrEqual(5 * MINUTE);
  await segue.book(tutor, student, { subject: "Next", startsAt: hoursFromNow(26) });
  await segue.book(other, student, { subject: "Other", startsAt: hoursFromNow(28) });
  await segue.work();
  await segue.later({ seconds: 6 });
  expect(await linksOf(other)).toEqual([expect.stringContaining("zoom")]);
  await segue.later({ minutes: 5 });
  expect(await links()).toEqual([expect.stringContaining("zoom"), expect.stringContaining("zoom")]);
  expect(await segue.standIns.calls("create")).toHaveLength(4);
});

test("too many calls at once for one user are no matter of the organisation's", async () => {
  await segue.connect(tutor, "google_meet");
  await segue.connect(other, "google_meet");
  await refuseOnce({ provider: "google", retryAfter: "86400" });
  await segue.book(tutor, student);
  await segue.book(other, student, { startsAt: hoursFromNow(28) });
  await segue.work();
  expect(await linksOf(other)).toEqual([expect.stringContaining("meet")]);
  await segue.later({ minutes: 5 });
  expect(await links()).toEqual([expect.stringContaining("meet")]);
});

test("a limit by the day holds until midnight, whatever date the answer names", async () => {
  await segue.connect(tutor, "zoom");
  await refuseOnce({ effect: "daily_limit", retryAfter: "2027-02-04T00:00:00Z" });
  await segue.book(tutor, student);
  await segue.work();
  await segue.later({ hours: 3 });
  expect(await links()).toEqual([null]);
  expect(await segue.standIns.calls("create")).toHaveLength(1);
  segue.clock.set("2027-01-05T00:05:00Z");
  await segue.later({});
  expect(await links()).toEqual([expect.stringContaining("zoom")]);
});

test("no pause reaches beyond the start of a lesson that has no room", async () => {
  await segue.connect(tutor, "zoom");
  await refuseOnce({ effect: "daily_limit" });
  await segue.book(tutor, student, { startsAt: hoursFromNow(4) });
  await segue.work();
  const [row] = await segue.ledger(tutor);
  expect(row).toMatchObject({ error_code: "daily_limit", next_attempt_at: time("12:45") });
  await segue.later({ hours: 3 });
  expect(await segue.standIns.calls("create")).toHaveLength(1);
  segue.clock.set("2027-01-04T12:45:00Z");
  await segue.later({});
  expect(await links()).toEqual([expect.stringContaining("zoom")]);
});

test("while the provider goes on refusing, the last tries before a lesson are few, and none is after its start", async () => {
  await segue.connect(tutor, "zoom");
  await segue.standIns.faults({ ...refusal, effect: "daily_limit" });
  await segue.book(tutor, student, { startsAt: hoursFromNow(4) });
  await segue.work();
  segue.clock.set("2027-01-04T12:00:00Z");
  while (segue.clock() < time("13:00")) await segue.later({ seconds: 30 });
  const asked = (await segue.standIns.calls("create")).map(({ at }) => at.slice(11, 16));
  expect(asked).toEqual(["09:00", "12:45", "12:55", "12:59", "13:00"]);
  await segue.standIns.faults();
  await segue.later({ minutes: 1 });
  expect(await links()).toEqual([expect.stringContaining("zoom")]);
});

test("new tokens that can't be had for a month are asked for in time for a lesson", async () => {
  await segue.connect(tutor, "zoom");
  segue.clock.advance({ hours: 2 });
  await refuseOnce({ operation: "refresh", retryAfter: "2592000" });
  await segue.book(tutor, student, { startsAt: new Date("2027-01-04T11:03:00Z") });
  await segue.work();
  expect(await links()).toEqual([null]);
  segue.clock.set("2027-01-04T11:02:00Z");
  await segue.later({});
  expect(await links()).toEqual([expect.stringContaining("zoom")]);
});

test.each(["rate_limited", "daily_limit"] as const)(
  "Refresh ends a wait that came from a provider's word (%s)",
  async (effect) => {
    await segue.connect(tutor, "zoom");
    await refuseOnce({ effect, retryAfter: "2027-02-04T00:00:00Z" });
    await segue.book(tutor, student);
    await segue.work();
    expect(await links()).toEqual([null]);
    await refreshSessionLinks(segue.ctx, tutor);
    // What the organisation shares is held for five seconds, whoever presses what.
    await segue.later({ seconds: 6 });
    expect(await links()).toEqual([expect.stringContaining("zoom")]);
    await expectInOrder(segue, tutor);
  },
);

test("Refresh, pressed while it runs, ends the waits of what it has left to do", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 2);
  await refuseOnce({ retryAfter: "2592000" });
  expect(await refreshSessionLinks(segue.ctx, tutor)).toMatchObject({ running: true });
  expect(await refreshSessionLinks(segue.ctx, tutor)).toMatchObject({
    running: false,
    migrated: 2,
  });
  await expectInOrder(segue, tutor);
});

test("Refresh breaks neither the day's own count nor a circuit that is open", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  await segue.standIns.forgetCalls();
  await segue.rows("update provider_budgets set taken = 100 where key like 'zoom writes%'");
  expect(await refreshSessionLinks(segue.ctx, tutor)).toMatchObject({ deferred: 1 });
  await segue.rows("update provider_budgets set taken = 0, paced_until = null");
  await segue.rows(`insert into provider_circuits (provider, failures, open_until)
    values ('zoom', 7, '2027-01-04T10:00:00Z') on conflict (provider, operation) do update
    set failures = 7, open_until = '2027-01-04T10:00:00Z'`);
  expect(await refreshSessionLinks(segue.ctx, tutor)).toMatchObject({ migrated: 0 });
  expect(await segue.standIns.calls("create")).toEqual([]);
});

const MINUTE = 60_000;

const refusal: Fault = { provider: "zoom", operation: "create", effect: "rate_limited" };

const refuseOnce = (more: Partial<Fault>) =>
  segue.standIns.faults({ ...refusal, times: 1, ...more });

const linksOf = async (of: Person) => (await segue.sessions(of)).map(({ join_url: link }) => link);

const hoursFromNow = (hours: number) => new Date(segue.clock().getTime() + hours * 60 * MINUTE);

const time = (clock: string) => new Date(`2027-01-04T${clock}:00Z`);
