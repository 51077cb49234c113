import { expect, test } from "vitest";
import { addDays } from "#lib/platform/clock.ts";
import { reconcile } from "#lib/services/reconcile/reconcile.ts";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { expectInOrder, roomsOf } from "#tests/harness/order.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student, living } = scene({ endHeldCalls: true });

test("a Zoom create that lands after the last lookup ends as one living room per lesson, by itself", async () => {
  await segue.connect(tutor, "zoom");
  await hold();
  await segue.lessons(tutor, student, 2);
  await settle();
  expect(await living()).toHaveLength(2);
  expect(await dates()).toHaveLength(1);
  const before = await segue.sessions(tutor);
  await segue.standIns.faults();
  await expect.poll(living).toHaveLength(3);
  await segue.later({ minutes: 2 });
  expect((await living()).map(({ joinUrl }) => joinUrl).sort()).toEqual(
    before.map((session) => session.join_url).sort(),
  );
  expect(await segue.sessions(tutor)).toEqual(before);
  await expectInOrder(segue, tutor);
});

test("one that lands after the first orphan scan is found by the second, and then nothing waits", async () => {
  await segue.connect(tutor, "zoom");
  await hold();
  await segue.lessons(tutor, student, 1);
  await settle();
  await segue.later({ minutes: 2 });
  expect(await looksDone()).toEqual([1]);
  await segue.standIns.faults();
  await expect.poll(living).toHaveLength(2);
  await segue.later({ minutes: 13 });
  expect(await living()).toHaveLength(1);
  expect(await dates()).toEqual([]);
  expect((await reconcile(segue.ctx, tutor.id)).nextAt).toBeNull();
  await expectInOrder(segue, tutor);
});

test("one that lands after its lesson was cancelled is found all the same", async () => {
  await segue.connect(tutor, "zoom");
  await hold();
  const [id = ""] = await segue.lessons(tutor, student, 1);
  await cancelSession(segue.ctx, student, id);
  await segue.work();
  await settle();
  expect((await segue.ledger(tutor)).map(({ state }) => state)).toEqual(["abandoned"]);
  await segue.standIns.faults();
  await expect.poll(living).toHaveLength(1);
  await segue.later({ minutes: 2 });
  expect(await living()).toEqual([]);
});

test("one whose further tries were refused for good is found all the same", async () => {
  await segue.connect(tutor, "zoom");
  const create = { provider: "zoom", operation: "create" } as const;
  await segue.standIns.faults(
    { ...create, effect: "hold_before", times: 1 },
    { ...create, effect: "invalid_request" },
  );
  await segue.lessons(tutor, student, 1);
  await settle();
  expect((await segue.ledger(tutor)).map(({ state }) => state)).toEqual(["abandoned"]);
  await segue.standIns.faults();
  await expect.poll(living).toHaveLength(1);
  await segue.later({ minutes: 2 });
  expect(await roomsOf(segue, tutor)).toEqual([]);
});

test("a scan that fails is repeated, and so is one that a crash has ended", async () => {
  await segue.connect(tutor, "zoom");
  await hold();
  await segue.lessons(tutor, student, 1);
  await settle();
  await segue.standIns.faults({ provider: "zoom", operation: "list", effect: "unavailable" });
  await segue.later({ minutes: 2 });
  expect(await looksDone()).toEqual([0]);
  expect(await dates()).toHaveLength(1);
  await segue.standIns.faults();
  await expect.poll(living).toHaveLength(2);
  segue.onCall = async ({ method, phase }) => {
    if (method !== "listMarked" || phase !== "after") return;
    segue.onCall = null;
    throw new Error("The process ends here");
  };
  await segue.later({ minutes: 5 });
  expect(await looksDone()).toEqual([0]);
  await segue.later({ minutes: 5 });
  expect(await looksDone()).toContain(1);
  expect(await living()).toHaveLength(1);
});

test("a replaced connection isn't revoked while an orphan scan waits for it", async () => {
  await segue.connect(tutor, "zoom");
  await hold();
  const [id = ""] = await segue.lessons(tutor, student, 1);
  await cancelSession(segue.ctx, student, id);
  await segue.work();
  await settle();
  await segue.connect(tutor, "google_meet");
  await segue.work();
  expect(await dates()).toHaveLength(1);
  expect(await retired()).toEqual({ erased_at: null });
  await segue.standIns.faults();
  await expect.poll(living).toHaveLength(1);
  await segue.later({ minutes: 2 });
  await segue.later({ minutes: 13 });
  expect(await living()).toEqual([]);
  expect(await dates()).toEqual([]);
  expect(await retired()).toEqual({ erased_at: expect.any(Date) });
});

test("a scan that meets a connection to be renewed is made after that", async () => {
  await segue.connect(tutor, "zoom");
  await hold();
  await segue.lessons(tutor, student, 1);
  await settle();
  await segue.standIns.faults();
  await expect.poll(living).toHaveLength(2);
  await segue.standIns.control("revoke", { provider: "zoom", email: tutor.email });
  await segue.later({ minutes: 2 });
  expect(await living()).toHaveLength(2);
  await segue.connect(tutor, "zoom");
  await segue.later({ minutes: 61 });
  expect(await living()).toHaveLength(1);
});

test("an account that can't be reached is tried ever more rarely, and at once when it is back", async () => {
  await segue.connect(tutor, "zoom");
  await hold();
  await segue.lessons(tutor, student, 1, { startsAt: addDays(segue.clock(), 30) });
  await settle();
  await segue.standIns.faults();
  await expect.poll(living).toHaveLength(2);
  await segue.standIns.control("revoke", { provider: "zoom", email: tutor.email });
  const tries = new Set<string>();
  for (let hour = 0; hour < 5 * 24; hour++) {
    await segue.later({ hours: 1 });
    for (const at of await dates()) tries.add(at.toISOString());
  }
  expect(tries.size).toBeGreaterThan(5);
  expect(tries.size).toBeLessThan(12);
  await segue.connect(tutor, "zoom");
  await segue.later({ minutes: 3 });
  expect(await living()).toHaveLength(1);
});

test("what an account may still hold from before it died is looked for when it comes back", async () => {
  await segue.connect(tutor, "zoom");
  await hold();
  await segue.lessons(tutor, student, 1);
  await segue.standIns.control("revoke", { provider: "zoom", email: tutor.email });
  await segue.connect(tutor, "google_meet");
  await settle();
  const ofZoom = async () => (await segue.ledger(tutor)).filter((row) => row.provider === "zoom");
  expect(await ofZoom()).toMatchObject([{ state: "stranded", external_id: null }]);
  await segue.standIns.faults();
  await expect.poll(living).toHaveLength(2);
  await segue.connect(tutor, "zoom");
  await segue.later({ minutes: 2 });
  await segue.later({ minutes: 13 });
  const rooms = (await living()).filter(({ joinUrl }) => joinUrl?.includes("zoom"));
  expect(rooms).toHaveLength(1);
  await expectInOrder(segue, tutor);
});

test("a dead connection is waited for no longer, and its tokens go", async () => {
  await segue.connect(tutor, "zoom");
  await hold();
  const [id = ""] = await segue.lessons(tutor, student, 1);
  await cancelSession(segue.ctx, student, id);
  await segue.work();
  await settle();
  await segue.connect(tutor, "google_meet");
  await segue.standIns.faults();
  await expect.poll(living).toHaveLength(1);
  await segue.standIns.control("revoke", { provider: "zoom", email: tutor.email });
  await segue.later({ minutes: 2 });
  expect(await dates()).toEqual([]);
  expect(await retired()).toEqual({ erased_at: expect.any(Date) });
});

const dates = async () =>
  (await segue.ledger(tutor)).map((row) => row.orphan_scan_at).filter((at) => at !== null);

const looksDone = async () => (await segue.ledger(tutor)).map((row) => row.orphan_scans);

const retired = async () =>
  (
    await segue.rows(
      `select erased_at from retired_video_provider_connections where tutor_id = '${tutor.id}'`,
    )
  )[0];

const settle = async () => {
  for (let step = 0; step < 4; step++) await segue.later({ seconds: 15 });
};

/** The first create hangs until the faults are cleared, and lands then. */
const hold = () =>
  segue.standIns.faults({ provider: "zoom", operation: "create", effect: "hold_before", times: 1 });
