import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { expectInOrder } from "#tests/harness/order.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student, session } = scene();

test("a lesson moved a second time while its room turns out gone never keeps the gone room", async () => {
  await segue.connect(tutor, "google_meet");
  const [id = ""] = await segue.lessons(tutor, student, 1);
  const lost = await session();
  await deleteRoom();
  segue.onCall = async ({ method, phase }) => {
    if (method !== "updateMeeting" || phase !== "before") return;
    segue.onCall = null;
    await rescheduleSession(segue.ctx, tutor, id, { startsAt: inMinutes(60) });
    await segue.standIns.faults({ provider: "google", operation: "create", effect: "unavailable" });
  };
  await rescheduleSession(segue.ctx, tutor, id, { startsAt: inMinutes(120) });
  await segue.work();
  expect(await session()).toMatchObject({
    provider: null,
    join_url: null,
    meeting_id: null,
    meeting_external_id: null,
  });

  // The provider comes back when the lesson is under way.
  await segue.later({ minutes: 61 });
  expect((await session())?.join_url).toBeNull();
  await segue.standIns.faults();
  await segue.later({ minutes: 6 });
  const found = await session();
  expect(found?.join_url).toContain("/meet/");
  expect(found?.join_url).not.toBe(lost?.join_url);
  const living = (await segue.ledger(tutor)).filter(({ state }) => state === "live");
  expect(living).toMatchObject([{ id: found?.meeting_id }]);
  await expectInOrder(segue, tutor);
});

test("a lesson under way that points at a gone room gets one new room and not one after another", async () => {
  await segue.connect(tutor, "google_meet");
  await segue.lessons(tutor, student, 1, { startsAt: addMinutes(segue.clock(), 30) });
  await deleteRoom();
  const lost = await session();
  await segue.rows(`update meetings set state = 'lost', closed_at = created_at, error_code = 'gone'
    where id = '${lost?.meeting_id}' returning 1`);
  await segue.standIns.forgetCalls();
  // Each call takes a while, so that a worker who can't stop making rooms comes to an end.
  segue.onCall = async ({ phase }) => {
    if (phase === "before") segue.clock.advance({ seconds: 0.5 });
  };
  segue.clock.advance({ minutes: 35 });
  segue.nudged.add(tutor.id);
  await segue.work();
  expect(await segue.standIns.calls("create")).toHaveLength(1);
  const found = await session();
  expect(found?.meeting_id).not.toBe(lost?.meeting_id);
  expect((await segue.standIns.rooms()).map(({ joinUrl }) => joinUrl)).toContain(found?.join_url);
  expect((await segue.ledger(tutor)).map(({ state }) => state).sort()).toEqual(["live", "lost"]);
});

const inMinutes = (minutes: number) => addMinutes(segue.clock(), minutes).toISOString();

/** Somebody deletes the lesson's room by hand. */
const deleteRoom = async () =>
  segue.standIns.control("delete-meeting", {
    provider: "google",
    id: (await session())?.meeting_external_id,
  });
