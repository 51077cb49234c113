import { expect, test } from "vitest";
import { addSeconds } from "#lib/platform/clock.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import { refreshSessionLinks } from "#lib/services/switching/refreshSessionLinks.ts";
import { getConnection } from "#lib/services/switching/videoSetup.ts";
import type { ProviderName } from "#sandbox/faults.ts";
import { someOf } from "#tests/harness/extent.ts";
import { expectInOrder, roomsOf } from "#tests/harness/order.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student, links } = scene();

test.each(someOf(["rate_limited", "unavailable", "invalid_client"] as const, 1))(
  "a token endpoint that fails (%s) is asked a few times a minute for twenty lessons, then all goes on",
  async (effect) => {
    await withOldToken(20);
    await segue.standIns.faults({ provider: "zoom", operation: "refresh", effect });
    await segue.work();
    await minute();
    const { length } = await segue.standIns.calls("refresh");
    expect(length).toBeGreaterThan(1);
    expect(length).toBeLessThan(9);
    expect(await segue.standIns.calls("create")).toEqual([]);
    expect((await pausedUntil())?.getTime()).toBeGreaterThan(segue.clock().getTime());

    await segue.standIns.faults();
    await segue.later({ minutes: 6 });
    await expectAllDone();
  },
);

const forms = {
  seconds: () => "90",
  date: (until: Date) => until.toUTCString(),
};

const named: Record<ProviderName, ProviderId> = { google: "google_meet", zoom: "zoom" };

const naming = [
  ["zoom", "rate_limited", "seconds"],
  ["google", "rate_limited", "date"],
  ["zoom", "unavailable", "date"],
  ["google", "unavailable", "seconds"],
] as const;

test.each(someOf(naming, 2))(
  "a token endpoint that names its time (%s, %s, %s) is not asked before it, and the page tells that time",
  async (provider, effect, form) => {
    segue.clock.set("2026-11-03T09:00:00Z");
    await withOldToken(3, named[provider]);
    const until = addSeconds(segue.clock(), 90);
    const retryAfter = forms[form](until);
    await segue.standIns.faults({ provider, operation: "refresh", effect, retryAfter, times: 1 });
    await segue.work();
    expect(await pausedUntil()).toEqual(until);
    await minute();
    const asked = () => segue.standIns.calls("refresh");
    expect(await asked()).toHaveLength(1);
    await segue.later({ seconds: 60 });
    const [, second, ...more] = await asked();
    expect(Date.parse(second?.at ?? "")).toBeGreaterThanOrEqual(until.getTime());
    expect(more).toEqual([]);
    await expectAllDone();
  },
);

test("Refresh ends the pause: new tokens are asked for at once", async () => {
  await withOldToken(2);
  const retryAfter = "2592000";
  await segue.standIns.faults({ ...refusedRefresh, retryAfter, times: 1 });
  await segue.work();
  expect(await pausedUntil()).toEqual(addSeconds(segue.clock(), 300));
  expect(await refreshSessionLinks(segue.ctx, tutor)).toMatchObject({ migrated: 2 });
  expect(await segue.standIns.calls("refresh")).toHaveLength(2);
  await expectAllDone();
});

test("connecting anew ends the pause", async () => {
  await withOldToken(2);
  await segue.standIns.faults({ provider: "zoom", operation: "refresh", effect: "invalid_client" });
  await segue.work();
  expect(await pausedUntil()).not.toBeNull();
  await segue.connect(tutor, "zoom");
  await segue.work();
  await expectAllDone();
});

/** Makes a create whose answer is lost, so that Zoom is searched for its room. */
async function loseAnAnswer(list: "rate_limited" | "unavailable" | "daily_limit"): Promise<void> {
  await segue.connect(tutor, "zoom");
  await segue.standIns.faults(
    { provider: "zoom", operation: "create", effect: "cut_after_write", times: 1 },
    { provider: "zoom", operation: "list", effect: list },
  );
  await segue.book(tutor, student);
  await segue.work();
}

test.each(someOf(["rate_limited", "unavailable"] as const, 1))(
  "a search that fails (%s) is made more and more rarely, and finds the room in the end",
  async (effect) => {
    await loseAnAnswer(effect);
    for (let step = 0; step < 15; step++) await segue.later({ seconds: 20 });
    const calls = await segue.standIns.calls("list");
    expect(calls.length).toBeGreaterThan(3);
    expect(calls.length).toBeLessThan(12);
    const gaps = calls.map(
      ({ at }, index) => Date.parse(at) - Date.parse(calls[index - 1]?.at ?? at),
    );
    expect(gaps.at(-1)).toBeGreaterThan(60_000);
    await segue.standIns.faults();
    await segue.later({ minutes: 6 });
    expect(await roomsOf(segue, tutor)).toMatchObject([{ state: "live" }]);
    expect(await segue.standIns.calls("create")).toHaveLength(1);
    await expectInOrder(segue, tutor);
  },
);

test("a search that is refused until a date waits for that date", async () => {
  await loseAnAnswer("daily_limit");
  const [first] = await segue.ledger(tutor);
  const midnight = new Date(segue.clock());
  midnight.setUTCHours(24, 0, 0, 0);
  expect(first).toMatchObject({
    state: "intended",
    outcome_unknown: true,
    next_attempt_at: midnight,
  });
  for (let hour = 0; hour < 3; hour++) await segue.later({ hours: 1 });
  expect(await segue.standIns.calls("list")).toHaveLength(1);
});

const refusedRefresh = {
  provider: "zoom",
  operation: "refresh",
  effect: "rate_limited",
} as const;

const pausedUntil = async () => {
  const until = (await getConnection(segue.ctx, tutor))?.pausedUntil;
  return until ? new Date(until) : null;
};

const minute = async () => {
  for (let step = 0; step < 10; step++) await segue.later({ seconds: 6 });
};

/** An access token that has expired, and this many lessons that need a room. */
async function withOldToken(lessons: number, provider: ProviderId = "zoom"): Promise<void> {
  await segue.connect(tutor, provider);
  segue.clock.advance({ hours: 2 });
  await segue.standIns.forgetCalls();
  await segue.book(tutor, student, { repeatWeekly: lessons });
}

async function expectAllDone(): Promise<void> {
  expect(await pausedUntil()).toBeNull();
  expect(await links()).not.toContain(null);
  await expectInOrder(segue, tutor);
}
