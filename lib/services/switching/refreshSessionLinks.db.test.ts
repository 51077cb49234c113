import { expect, test } from "vitest";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { expectInOrder, roomsOf } from "#tests/harness/order.ts";
import { scene } from "#tests/harness/scene.ts";
import { disconnectProvider } from "./disconnectProvider.ts";
import { refreshSessionLinks } from "./refreshSessionLinks.ts";
import { retryMigration } from "./retryMigration.ts";
import type { MigrationResult } from "./views.ts";

const { segue, tutor, student, history } = scene();

test("a refresh gives all future lessons new links at the same provider", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 3);
  const before = await segue.sessions(tutor);
  segue.logs.length = 0;
  const result = await refresh();
  expect(result).toMatchObject({ success: true, provider: "zoom", total: 3, migrated: 3 });
  const after = await segue.sessions(tutor);
  const old = new Set(before.map(({ join_url: link }) => link));
  for (const session of after) expect(old).not.toContain(session.join_url);
  await expectInOrder(segue, tutor);
  expect(segue.messages()[0]).toBe(`🔄 Starting session migration for tutor ${tutor.id} to zoom`);
  await segue.later({ hours: 1 });
  expect(await roomsOf(segue, tutor)).toHaveLength(3);
});

test("a refresh without a future lesson does nothing and says so", async () => {
  await segue.connect(tutor, "zoom");
  expect(await refresh()).toMatchObject({ success: true, migrationId: null, total: 0 });
  expect(await history()).toEqual([]);
});

test("a refresh without a connection is refused in the documented words", async () => {
  const refused = { code: "no_video_provider", message: "No video provider connected" };
  await expect(refresh()).rejects.toMatchObject(refused);
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  await disconnectProvider(segue.ctx, tutor);
  await expect(refresh()).rejects.toMatchObject(refused);
  await expect(refreshSessionLinks(segue.ctx, student)).rejects.toMatchObject(refused);
});

test("pressed again while it runs, it is the same migration", async () => {
  await segue.connect(tutor, "google_meet");
  await segue.lessons(tutor, student, 3);
  let inner: MigrationResult | undefined;
  afterFirstCreate(async () => {
    inner = await refresh();
  });
  const outer = await refresh();
  expect(inner?.migrationId).toBe(outer.migrationId);
  expect(inner?.running).toBe(true);
  await segue.work();
  expect(await history()).toEqual([["refresh", "completed", 3]]);
  const started = segue.messages().filter((line) => line.startsWith("🔄 Starting"));
  expect(started).toHaveLength(1);
});

test("pressed while failed lessons are retried, it moves all lessons and not those alone", async () => {
  await segue.connect(tutor, "google_meet");
  await segue.lessons(tutor, student, 3);
  const fault = { provider: "google", operation: "create", titleIncludes: "Lesson 1." } as const;
  await segue.standIns.faults({ ...fault, effect: "forbidden" });
  const first = await refresh();
  expect(first).toMatchObject({ migrated: 2, failed: 1 });
  await segue.standIns.faults({ ...fault, effect: "rate_limited" });
  const retry = await retryMigration(segue.ctx, tutor, first.migrationId ?? "");
  expect(retry).toMatchObject({ running: true, total: 1 });
  const before = await segue.sessions(tutor);

  await segue.standIns.faults();
  const result = await refresh();
  expect(result).toMatchObject({ success: true, total: 3, migrated: 3 });
  expect(await history()).toEqual([
    ["refresh", "completed", 3],
    ["retry", "superseded", 0],
    ["refresh", "completed_with_failures", 2],
  ]);
  const old = new Set(before.map(({ join_url: link }) => link));
  for (const session of await segue.sessions(tutor)) expect(old).not.toContain(session.join_url);
  await expectInOrder(segue, tutor);
});

test("a second switch while the first is under way wins", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 6);
  const account = `second.${tutor.email}`;
  afterFirstCreate(() => segue.connect(tutor, "zoom", account), "google_meet");
  await segue.connect(tutor, "google_meet");
  await segue.later({ seconds: 30 });
  expect(await history()).toEqual([
    ["switch", "completed", 6],
    ["switch", "superseded", expect.any(Number)],
  ]);
  await expectInOrder(segue, tutor);
  await segue.later({ hours: 2 });
  const rooms = await roomsOf(segue, tutor);
  expect(rooms.map(({ provider, owner }) => [provider, owner])).toEqual(
    Array(6).fill(["zoom", account]),
  );
  await expectInOrder(segue, tutor);
});

test("a refresh in the middle of a booking's create doesn't hand out the older room", async () => {
  await segue.connect(tutor, "google_meet");
  await segue.book(tutor, student);
  afterFirstCreate(refresh);
  await segue.work();
  await segue.later({ minutes: 1 });
  const rooms = await roomsOf(segue, tutor);
  expect(rooms.map(({ state }) => state)).toEqual(["live"]);
  expect(await segue.standIns.calls("create")).toHaveLength(2);
  await expectInOrder(segue, tutor);
});

test("a lesson moved to another time while its room is made has a room at the new time", async () => {
  await segue.connect(tutor, "zoom");
  const [id = ""] = await segue.book(tutor, student);
  const startsAt = "2027-02-03T15:00:00Z";
  afterFirstCreate(() => rescheduleSession(segue.ctx, tutor, id, { startsAt }));
  await segue.work();
  await segue.later({ minutes: 1 });
  const rooms = await roomsOf(segue, tutor);
  expect(rooms).toMatchObject([{ state: "live" }]);
  expect(new Date(rooms[0]?.start ?? "")).toEqual(new Date(startsAt));
  await expectInOrder(segue, tutor);
});

test("a lesson cancelled while its room is made leaves none", async () => {
  await segue.connect(tutor, "google_meet");
  const [id = ""] = await segue.book(tutor, student);
  afterFirstCreate(() => cancelSession(segue.ctx, student, id));
  await segue.work();
  await segue.later({ minutes: 1 });
  expect(await roomsOf(segue, tutor)).toEqual([]);
  expect((await segue.ledger(tutor)).map(({ state }) => state)).toEqual(["deleted"]);
});

test("a lesson cancelled or moved in the middle of a switch doesn't hold the switch up", async () => {
  await segue.connect(tutor, "zoom");
  const ids = await segue.lessons(tutor, student, 8);
  const startsAt = "2027-03-03T15:00:00Z";
  afterFirstCreate(async () => {
    await cancelSession(segue.ctx, tutor, ids[7] ?? "");
    await rescheduleSession(segue.ctx, tutor, ids[6] ?? "", { startsAt });
  }, "google_meet");
  const result = await segue.connect(tutor, "google_meet");
  await segue.work();
  expect(result).toMatchObject({ success: true, migrated: 7, running: false });
  expect(result?.sessions.at(-1)?.status).toBe("skipped");
  await expectInOrder(segue, tutor);
  const rooms = await roomsOf(segue, tutor);
  const moved = rooms.find(({ sessionId, state }) => sessionId === ids[6] && state === "live");
  expect(new Date(moved?.start ?? "")).toEqual(new Date(startsAt));
});

const refresh = () => refreshSessionLinks(segue.ctx, tutor);

/** Runs `act` once, right after the first answer to a create. */
function afterFirstCreate(act: () => Promise<unknown>, of?: string): void {
  segue.onCall = async ({ method, phase, provider }) => {
    if (method !== "createMeeting" || phase !== "after" || (of && provider !== of)) return;
    segue.onCall = null;
    await act();
  };
}
