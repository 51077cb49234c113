import { expect, test } from "vitest";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { listSessions } from "#lib/services/sessions/listSessions.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { expectInOrder, roomsOf } from "#tests/harness/order.ts";
import { refusal, scene } from "#tests/harness/scene.ts";
import { refreshSessionLinks } from "./refreshSessionLinks.ts";
import { retryMigration } from "./retryMigration.ts";

const { segue, tutor, student, newest, undo, history, links, rooms, connection, switched } =
  scene();

test("an undone switch puts every lesson back on its old link without asking a provider for anything", async () => {
  await segue.connect(tutor, "zoom");
  const ids = await segue.lessons(tutor, student, 3);
  const before = await links();
  const zoomGrant = await connection();
  await segue.connect(tutor, "google_meet");
  const forStudents = async () =>
    (await listSessions(segue.ctx, student)).items.map((s) => s.joinUrl);
  const stable = await forStudents();
  await segue.standIns.forgetCalls();
  segue.logs.length = 0;
  segue.clock.advance({ minutes: 5 });

  const result = await undo();

  expect(result).toEqual({
    success: true,
    migrationId: expect.any(String),
    provider: "zoom",
    total: 3,
    migrated: 3,
    failed: 0,
    deferred: 0,
    running: false,
    sessions: ids.map((id) => ({ id, status: "moved", error: null })),
  });
  expect(await segue.standIns.calls()).toEqual([]);
  expect(segue.nudged).toContain(tutor.id);
  await segue.work();
  expect(await segue.standIns.calls()).toEqual([]);
  expect(await links()).toEqual(before);
  for (const session of await segue.sessions(tutor)) {
    expect(session).toMatchObject({ provider: "zoom", meeting_created_at: segue.clock() });
  }
  expect(await forStudents()).toEqual(stable);
  expect(await connection()).toMatchObject({
    provider: "zoom",
    connection_status: "connected",
    grant_id: zoomGrant?.grant_id,
    account_email: zoomGrant?.account_email,
    access_token_encrypted: zoomGrant?.access_token_encrypted,
    generation: 3,
  });
  expect(await history()).toEqual([
    ["undo", "completed", 3],
    ["switch", "completed", 3],
  ]);
  expect(segue.messages()[0]).toBe(`🔄 Starting session migration for tutor ${tutor.id} to zoom`);
  expect(segue.messages().at(-1)).toBe("✅ Migration complete. Migrated 3/3 sessions to zoom");
  await expectInOrder(segue, tutor);
});

test("the rooms that an undo left go after its own window, with the grant that made them", async () => {
  await switched(2);
  await segue.later({ minutes: 30 });
  await undo();
  await segue.later({ minutes: 59 });
  expect(await rooms()).toEqual([
    "google_meet superseded",
    "google_meet superseded",
    "zoom live",
    "zoom live",
  ]);
  await segue.later({ minutes: 1 });
  expect(await rooms()).toEqual(["zoom live", "zoom live"]);
  const deletes = await segue.standIns.calls("delete");
  expect(deletes.map(({ provider }) => provider)).toEqual(["google", "google"]);
  await expectInOrder(segue, tutor);
});

test("an old connection works again after the undo: new lessons get their rooms there", async () => {
  await switched(1);
  await segue.standIns.control("expire-tokens");
  await undo();
  await segue.book(tutor, student, { startsAt: new Date("2026-12-01T10:00:00Z") });
  await segue.later({ minutes: 1 });
  expect((await segue.sessions(tutor)).map(({ provider }) => provider)).toEqual(["zoom", "zoom"]);
  await expectInOrder(segue, tutor);
});

test("lessons that a switch failed to move stay where they are when it is undone", async () => {
  await segue.connect(tutor, "zoom");
  const ids = await segue.lessons(tutor, student, 3);
  const before = await links();
  const fault = { provider: "google", operation: "create", titleIncludes: "Lesson 2." } as const;
  await segue.standIns.faults({ ...fault, effect: "forbidden" });
  expect(await segue.connect(tutor, "google_meet")).toMatchObject({ migrated: 2, failed: 1 });
  const made = await creates();
  const result = await undo();
  expect(result).toMatchObject({ success: true, total: 3, migrated: 2, failed: 0 });
  expect(result.sessions.find(({ id }) => id === ids[1])?.status).toBe("skipped");
  await segue.later({ minutes: 1 });
  expect(await links()).toEqual(before);
  expect(await creates()).toBe(made);
  await expectInOrder(segue, tutor);
});

test("undoing the retry of a switch takes all of its lessons back, not those alone that it retried", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 3);
  const before = await links();
  const fault = { provider: "google", operation: "create", titleIncludes: "Lesson 2." } as const;
  await segue.standIns.faults({ ...fault, effect: "forbidden" });
  await segue.connect(tutor, "google_meet");
  await segue.standIns.faults();
  await retryMigration(segue.ctx, tutor, await newest());
  const made = await creates();
  expect(await undo()).toMatchObject({ provider: "zoom", total: 3, migrated: 3 });
  await segue.later({ minutes: 1 });
  expect(await links()).toEqual(before);
  expect(await creates()).toBe(made);
});

test("undoing the retry of a switch that was switched on from stays at the present provider", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  await segue.standIns.faults({ provider: "google", operation: "create", effect: "forbidden" });
  await segue.connect(tutor, "google_meet");
  const failed = await newest();
  await segue.standIns.faults();
  await segue.connect(tutor, "zoom", `second.${tutor.email}`);
  await retryMigration(segue.ctx, tutor, failed);
  await undo();
  expect(await connection()).toMatchObject({ account_email: `second.${tutor.email}` });
  await expectInOrder(segue, tutor);
});

test("a lesson moved to another time since goes back to its old room, which gets the new time", async () => {
  const { ids, before } = await switched(2);
  const startsAt = "2027-02-03T15:00:00Z";
  await rescheduleSession(segue.ctx, tutor, ids[0] ?? "", { startsAt });
  await segue.work();
  await undo();
  await segue.work();
  expect((await links()).sort()).toEqual(before.sort());
  expect(await creates()).toBe(0);
  const room = (await roomsOf(segue, tutor)).find(
    ({ sessionId, state }) => sessionId === ids[0] && state === "live",
  );
  expect(room?.provider).toBe("zoom");
  expect(new Date(room?.start ?? "")).toEqual(new Date(startsAt));
  await expectInOrder(segue, tutor);
});

test("a lesson booked since gets a new room at the old provider", async () => {
  const { before } = await switched(2);
  const startsAt = new Date("2026-12-01T10:00:00Z");
  const [booked] = await segue.lessons(tutor, student, 1, { startsAt });
  await segue.standIns.forgetCalls();
  const result = await undo();
  expect(result).toMatchObject({ success: true, total: 3, migrated: 3, running: false });
  expect(await creates()).toBe(1);
  const sessions = await segue.sessions(tutor);
  expect(sessions.slice(0, 2).map(({ join_url: link }) => link)).toEqual(before);
  expect(sessions[2]).toMatchObject({ id: booked, provider: "zoom" });
  await expectInOrder(segue, tutor);
  await segue.later({ minutes: 61 });
  expect(await rooms()).toEqual(Array(3).fill("zoom live"));
});

test("a lesson whose old room is being deleted gets a new one", async () => {
  const { ids, before } = await switched(2);
  await segue.rows(`update meetings set state = 'deleting'
    where session_id = '${ids[0]}' and provider = 'zoom' returning id`);
  expect(await undo()).toMatchObject({ success: true, total: 2, migrated: 2 });
  expect(await creates()).toBe(1);
  const [first, second] = await segue.sessions(tutor);
  expect(first?.provider).toBe("zoom");
  expect(first?.join_url).not.toBe(before[0]);
  expect(second?.join_url).toBe(before[1]);
  await expectInOrder(segue, tutor);
});

test("a lesson cancelled since takes no part in the undo, and its rooms go", async () => {
  const { ids, before } = await switched(2);
  await cancelSession(segue.ctx, student, ids[0] ?? "");
  await segue.work();
  expect(await undo()).toMatchObject({ total: 1, migrated: 1 });
  expect((await links())[1]).toBe(before[1]);
  await expectInOrder(segue, tutor);
  await segue.later({ minutes: 61 });
  expect(
    (await roomsOf(segue, tutor)).filter(({ sessionId }) => sessionId === ids[1]),
  ).toHaveLength(1);
});

test("with no lesson left an undo brings the old connection back and nothing else", async () => {
  const { ids } = await switched(1);
  await cancelSession(segue.ctx, student, ids[0] ?? "");
  expect(await undo()).toMatchObject({ success: true, migrationId: null, provider: "zoom" });
  expect(await connection()).toMatchObject({ provider: "zoom", generation: 3 });
  expect((await refusal(undo())).code).toBe("wrong_state");
});

test("an undone refresh brings the links from before it back, at the same connection", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 2);
  const before = await links();
  await refreshSessionLinks(segue.ctx, tutor);
  const [booked] = await segue.lessons(tutor, student, 1, {
    startsAt: new Date("2026-12-01T10:00:00Z"),
  });
  const own = (await links())[2];
  await segue.standIns.forgetCalls();
  const result = await undo();
  expect(result).toMatchObject({ success: true, provider: "zoom", total: 3, migrated: 2 });
  expect(result.sessions.find(({ id }) => id === booked)?.status).toBe("skipped");
  await segue.later({ minutes: 1 });
  expect(await links()).toEqual([...before, own]);
  expect(await segue.standIns.calls()).toEqual([]);
  await segue.later({ minutes: 60 });
  expect(await rooms()).toEqual(Array(3).fill("zoom live"));
  await expectInOrder(segue, tutor);
});

test("an undo of an undo is the switch again, and a switch after it is one like any other", async () => {
  const { before } = await switched(2);
  const atMeet = await links();
  await undo();
  expect(await links()).toEqual(before);
  await undo();
  expect(await links()).toEqual(atMeet);
  expect(await creates()).toBe(0);
  await undo();
  expect(await links()).toEqual(before);
  expect(await segue.connect(tutor, "google_meet")).toMatchObject({ total: 2, migrated: 2 });
  expect(await history()).toEqual([
    ["switch", "completed", 2],
    ["undo", "completed", 2],
    ["undo", "completed", 2],
    ["undo", "completed", 2],
    ["switch", "completed", 2],
  ]);
  await expectInOrder(segue, tutor);
  await segue.later({ hours: 2 });
  expect(await rooms()).toEqual(Array(2).fill("google_meet live"));
});

const creates = async () => (await segue.standIns.calls("create")).length;
