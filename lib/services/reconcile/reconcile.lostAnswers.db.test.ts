import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { someOf } from "#tests/harness/extent.ts";
import { expectInOrder, roomsOf } from "#tests/harness/order.ts";
import { scene } from "#tests/harness/scene.ts";
import { reconcile } from "./reconcile.ts";

const { segue, tutor, student } = scene({ endHeldCalls: true });

const lost = [
  ["google", "google_meet", "cut_after_write"],
  ["zoom", "zoom", "hold_after_write"],
  ["google", "google_meet", "hold_after_write"],
  ["google", "google_meet", "hold_before"],
  ["zoom", "zoom", "cut_after_write"],
] as const;

test.each(someOf(lost, 2))(
  "%s: a lost answer to a create makes no second room (%s, %s)",
  async (name, id, effect) => {
    await segue.connect(tutor, id);
    await segue.standIns.faults({ provider: name, operation: "create", effect, times: 3 });
    await segue.lessons(tutor, student, 3);
    await segue.standIns.faults();
    await settle();
    const rooms = await roomsOf(segue, tutor);
    expect(rooms.map(({ state }) => state)).toEqual(["live", "live", "live"]);
    expect(new Set(rooms.map(({ sessionId }) => sessionId)).size).toBe(3);
    expect(await segue.ledger(tutor)).toHaveLength(3);
    await expectInOrder(segue, tutor);
  },
);

test("Google: a lost answer isn't forgotten because the next try was refused", async () => {
  await segue.connect(tutor, "google_meet");
  const create = { provider: "google", operation: "create" } as const;
  await segue.standIns.faults(
    { ...create, effect: "cut_after_write", times: 1 },
    { ...create, effect: "rate_limited", retryAfter: "60" },
  );
  const [id = ""] = await segue.lessons(tutor, student, 1);
  // The room that may have been made isn't wanted any more from here on.
  const startsAt = addMinutes(segue.clock(), 600).toISOString();
  await rescheduleSession(segue.ctx, tutor, id, { startsAt });
  await segue.standIns.faults();
  await settle();
  expect((await roomsOf(segue, tutor)).map(({ state }) => state)).toEqual(["live"]);
  await expectInOrder(segue, tutor);
});

test("Zoom: after a lost answer the room is looked up before it is made again", async () => {
  await segue.connect(tutor, "zoom");
  await segue.standIns.faults({
    provider: "zoom",
    operation: "create",
    effect: "cut_before",
    times: 1,
  });
  await segue.lessons(tutor, student, 1);
  for (let step = 0; step < 4; step++) await segue.later({ seconds: 15 });
  const made = (await segue.standIns.calls()).filter(({ operation }) =>
    ["create", "list"].includes(operation),
  );
  const order = made.map(({ operation }) => operation);
  expect(order.filter((operation) => operation === "create")).toHaveLength(2);
  expect(order.at(-1)).toBe("create");
  expect(order.length).toBeGreaterThan(4);
  const [first] = made;
  const seconds =
    (made.at(-1)?.at ? Date.parse(made.at(-1)?.at ?? "") : 0) - Date.parse(first?.at ?? "");
  expect(seconds).toBeGreaterThanOrEqual(30_000);
  await expectInOrder(segue, tutor);
});

test("a lesson cancelled while its room's answer was lost leaves no room behind", async () => {
  await segue.connect(tutor, "zoom");
  await segue.standIns.faults({
    provider: "zoom",
    operation: "create",
    effect: "cut_after_write",
    times: 1,
  });
  const [id = ""] = await segue.book(tutor, student);
  segue.onCall = async ({ method, phase }) => {
    if (method !== "createMeeting" || phase !== "after") return;
    segue.onCall = null;
    await cancelSession(segue.ctx, student, id);
  };
  await segue.work();
  await settle();
  expect(await roomsOf(segue, tutor)).toEqual([]);
  expect((await segue.ledger(tutor)).map(({ state }) => state)).toEqual(["deleted"]);
});

test("the room that a sleeping worker makes second is deleted in the end", async () => {
  await segue.connect(tutor, "zoom");
  await segue.book(tutor, student);
  const ctx: Context = {
    ...segue.ctx,
    sleep: async (milliseconds) => segue.clock.advance({ seconds: milliseconds / 1000 }),
  };
  segue.onCall = async ({ method, phase }) => {
    if (method !== "createMeeting" || phase !== "before") return;
    segue.onCall = null;
    // Its lease ends while its call waits to leave; others look up the room, then make it.
    for (let step = 0; step < 14; step++) {
      segue.clock.advance({ seconds: 5 });
      await reconcile(ctx, tutor.id);
    }
  };
  await reconcile(ctx, tutor.id);
  expect(await segue.standIns.calls("create")).toHaveLength(2);
  await settle();
  const rooms = (await segue.standIns.rooms()).filter(({ owner }) => owner === tutor.email);
  const [session] = await segue.sessions(tutor);
  expect(rooms.map(({ joinUrl }) => joinUrl)).toEqual([session?.join_url]);
  expect((await segue.ledger(tutor)).map(({ state }) => state).sort()).toEqual(["deleted", "live"]);
  await expectInOrder(segue, tutor);
});

test("a lost answer to a delete is asked again, and gone counts as done", async () => {
  await segue.connect(tutor, "zoom");
  const [id = ""] = await segue.lessons(tutor, student, 1);
  await segue.standIns.faults({
    provider: "zoom",
    operation: "delete",
    effect: "cut_after_write",
    times: 1,
  });
  await cancelSession(segue.ctx, tutor, id);
  await segue.work();
  await settle();
  expect((await segue.ledger(tutor)).map(({ state }) => state)).toEqual(["deleted"]);
  expect(await segue.standIns.calls("delete")).toHaveLength(2);
});

test("a room with people inside is not deleted until they have left", async () => {
  await segue.connect(tutor, "zoom");
  const [id = ""] = await segue.lessons(tutor, student, 1);
  const [session] = await segue.sessions(tutor);
  await segue.standIns.control("start-meeting", { id: session?.meeting_external_id });
  await cancelSession(segue.ctx, tutor, id);
  await segue.work();
  await segue.later({ minutes: 14 });
  expect((await segue.ledger(tutor)).map(({ state }) => state)).toEqual(["deleting"]);
  await segue.standIns.control("end-meeting", { id: session?.meeting_external_id });
  await segue.later({ minutes: 1 });
  expect((await segue.ledger(tutor)).map(({ state }) => state)).toEqual(["deleted"]);
  expect(await segue.standIns.calls("end")).toEqual([]);
});

const settle = async () => {
  for (let step = 0; step < 12; step++) await segue.later({ seconds: 15 });
};
