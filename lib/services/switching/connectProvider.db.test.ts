import { expect, test } from "vitest";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { expectInOrder, roomsOf } from "#tests/harness/order.ts";
import { scene } from "#tests/harness/scene.ts";
import { disconnectProvider } from "./disconnectProvider.ts";

const { segue, tutor, student, connection } = scene();

test("the first connection moves nothing", async () => {
  expect(await segue.connect(tutor, "zoom")).toBeNull();
  expect(await connection()).toMatchObject({
    provider: "zoom",
    connection_status: "connected",
    account_email: tutor.email,
    generation: 1,
  });
});

test("a switch without a lesson to come writes no migration", async () => {
  await segue.connect(tutor, "zoom");
  expect(await segue.connect(tutor, "google_meet")).toBeNull();
  expect(await segue.rows(`select from migrations where tutor_id = '${tutor.id}'`)).toEqual([]);
  expect(await retired()).toMatchObject([{ provider: "zoom", connection_status: "connected" }]);
});

test("switching back takes up the grant of before", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 2);
  const first = (await connection())?.grant_id;
  await segue.connect(tutor, "google_meet");
  const second = (await connection())?.grant_id;
  await segue.connect(tutor, "zoom");
  expect((await connection())?.grant_id).toBe(first);
  expect(await retired()).toMatchObject([{ provider: "google_meet", grant_id: second }]);
  expect((await segue.sessions(tutor)).map(({ provider }) => provider)).toEqual(["zoom", "zoom"]);
  await expectInOrder(segue, tutor);

  await segue.later({ hours: 2 });
  expect(await roomsOf(segue, tutor)).toMatchObject([{ state: "live" }, { state: "live" }]);
  await expectInOrder(segue, tutor);
});

test("another account at the same provider is a switch", async () => {
  await segue.connect(tutor, "google_meet");
  await segue.lessons(tutor, student, 2);
  const account = `second.${tutor.email}`;
  const result = await segue.connect(tutor, "google_meet", account);
  expect(result).toMatchObject({ total: 2, migrated: 2, provider: "google_meet" });
  const live = (await roomsOf(segue, tutor)).filter(({ state }) => state === "live");
  expect(live.map(({ owner }) => owner)).toEqual([account, account]);
  await expectInOrder(segue, tutor);
});

test("the same account again puts new tokens under the same grant and moves nothing", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  const before = await connection();
  const [session] = await segue.sessions(tutor);
  expect(await segue.connect(tutor, "zoom")).toBeNull();
  const after = await connection();
  expect(after).toMatchObject({ grant_id: before?.grant_id, generation: before?.generation });
  expect(after?.access_token_encrypted).not.toBe(before?.access_token_encrypted);
  expect(after?.refresh_token_encrypted).not.toBe(before?.refresh_token_encrypted);
  expect(await segue.sessions(tutor)).toEqual([session]);
  expect(await retired()).toEqual([]);
});

test("a lesson booked in the middle of a switch gets its room at the new provider", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 2);
  let booked = "";
  segue.onCall = async ({ method, phase }) => {
    if (booked || method !== "createMeeting" || phase !== "before") return;
    booked = "begun";
    const startsAt = new Date(segue.clock().getTime() + 3 * 86_400_000);
    [booked = ""] = await segue.book(tutor, student, { startsAt });
  };
  const result = await segue.connect(tutor, "google_meet");
  expect(result).toMatchObject({ total: 2, migrated: 2 });
  await segue.work();
  const sessions = await segue.sessions(tutor);
  expect(sessions.find(({ id }) => id === booked)?.provider).toBe("google_meet");
  await expectInOrder(segue, tutor);
});

test("a Zoom account that another tutor holds is refused, and cuts neither off", async () => {
  const other = await segue.person("tutor");
  await segue.connect(other, "zoom", tutor.email);
  await segue.connect(tutor, "google_meet");
  await segue.lessons(tutor, student, 1);
  const before = [await connection(), await segue.sessions(tutor)];
  await expect(segue.connect(tutor, "zoom")).rejects.toMatchObject({ code: "account_in_use" });
  expect([await connection(), await segue.sessions(tutor)]).toEqual(before);
  // The refused consent has voided the other's tokens at Zoom; the new ones went to the same account's grant.
  await segue.lessons(other, student, 1);
  await expectInOrder(segue, other);
  expect(await connection(other)).toMatchObject({ connection_status: "connected" });
  await disconnectProvider(segue.ctx, other);
  expect(await segue.connect(tutor, "zoom")).toMatchObject({ migrated: 1 });
});

test("a refused consent revives the connection of the tutor who holds the Zoom account", async () => {
  const other = await segue.person("tutor");
  await segue.connect(other, "zoom", tutor.email);
  await segue.standIns.control("revoke", { provider: "zoom", email: tutor.email });
  await segue.standIns.control("expire-tokens");
  await segue.lessons(other, student, 1);
  for (let step = 0; step < 4; step++) await segue.later({ seconds: 30 });
  expect(await connection(other)).toMatchObject({ connection_status: "needs_reconnect" });

  await expect(segue.connect(tutor, "zoom")).rejects.toMatchObject({ code: "account_in_use" });
  await segue.work();
  expect(await connection(other)).toMatchObject({
    connection_status: "connected",
    error_code: null,
  });
  expect((await segue.sessions(other))[0]?.join_url).toContain("/j/");
  await expectInOrder(segue, other);
  expect(await connection()).toBeUndefined();
});

test("a Zoom account taken over from a tutor who disconnected leaves that tutor's rest at peace", async () => {
  const other = await segue.person("tutor");
  await segue.connect(other, "zoom", tutor.email);
  const [id = ""] = await segue.lessons(other, student, 1);
  await disconnectProvider(segue.ctx, other);
  await segue.work();
  await segue.connect(tutor, "zoom");
  await cancelSession(segue.ctx, other, id);
  for (let step = 0; step < 6; step++) await segue.later({ minutes: 5 });
  await segue.standIns.forgetCalls();
  segue.logs.length = 0;
  for (let step = 0; step < 6; step++) await segue.later({ minutes: 30 });
  expect(await segue.standIns.calls()).toEqual([]);
  expect(segue.logs.filter(({ level }) => level >= 40)).toEqual([]);
  expect(await connection(other)).toMatchObject({ connection_status: "disconnected" });
  await segue.lessons(tutor, student, 1);
  await expectInOrder(segue, tutor);
});

test("two tutors may share one Google account", async () => {
  const other = await segue.person("tutor");
  await segue.connect(other, "google_meet", tutor.email);
  await segue.connect(tutor, "google_meet");
  await segue.lessons(other, student, 1);
  await segue.lessons(tutor, student, 1, { startsAt: new Date("2026-12-24T10:00:00Z") });
  await expectInOrder(segue, tutor);
  await expectInOrder(segue, other);
  expect(await roomsOf(segue, tutor)).toHaveLength(1);
});

test("after disconnecting, lessons keep their links and are still changed and deleted", async () => {
  await segue.connect(tutor, "zoom");
  const [moved = "", cancelled = "", kept = ""] = await segue.lessons(tutor, student, 3);
  const links = (await segue.sessions(tutor)).map(({ join_url }) => join_url);
  await disconnectProvider(segue.ctx, tutor);
  await disconnectProvider(segue.ctx, tutor);
  await segue.work();
  expect((await segue.sessions(tutor)).map(({ join_url }) => join_url)).toEqual(links);

  const startsAt = new Date("2026-12-11T11:00:00Z");
  await rescheduleSession(segue.ctx, tutor, moved, { startsAt: startsAt.toISOString() });
  await cancelSession(segue.ctx, tutor, cancelled);
  await segue.work();
  const rooms = await roomsOf(segue, tutor);
  expect(rooms.map(({ sessionId }) => sessionId).sort()).toEqual([moved, kept].sort());
  const start = rooms.find(({ sessionId }) => sessionId === moved)?.start ?? "";
  expect(new Date(start)).toEqual(startsAt);
});

test("connecting elsewhere after disconnecting is a switch", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 2);
  await disconnectProvider(segue.ctx, tutor);
  await segue.work();
  const result = await segue.connect(tutor, "google_meet");
  expect(result).toMatchObject({ total: 2, migrated: 2 });
  await segue.later({ hours: 2 });
  expect(await roomsOf(segue, tutor)).toMatchObject([{ state: "live" }, { state: "live" }]);
  await expectInOrder(segue, tutor);
});

test("disconnecting in the middle of a switch leaves the rest where it is", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 6);
  segue.onCall = async ({ method, phase }) => {
    if (method !== "createMeeting" || phase !== "after") return;
    segue.onCall = null;
    await disconnectProvider(segue.ctx, tutor);
  };
  await segue.connect(tutor, "google_meet");
  await segue.later({ minutes: 2 });
  const [migration] = await segue.rows(
    `select status from migrations where tutor_id = '${tutor.id}'`,
  );
  expect(migration).toEqual({ status: "completed" });
  await expectInOrder(segue, tutor);
  expect((await roomsOf(segue, tutor)).filter(({ state }) => state === "live")).toHaveLength(6);
});

const retired = () =>
  segue.rows(
    `select provider, grant_id, connection_status from retired_video_provider_connections where tutor_id = '${tutor.id}'`,
  );
