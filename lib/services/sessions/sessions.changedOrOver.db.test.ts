import { expect, test } from "vitest";
import type { Person } from "#lib/services/verb/context.ts";
import { roomsOf } from "#tests/harness/order.ts";
import { refusal, scene } from "#tests/harness/scene.ts";
import { advanceSessions } from "./advanceSessions.ts";
import { cancelSession } from "./cancelSession.ts";
import { getSession, listSessions } from "./listSessions.ts";
import { markNoShow } from "./markNoShow.ts";
import { rescheduleSession } from "./rescheduleSession.ts";

const { segue, tutor, student } = scene();

test.each(["zoom", "google_meet"] as const)(
  "a lesson moved to another time keeps its link and has its room told (%s)",
  async (provider) => {
    await segue.connect(tutor, provider);
    const [id = ""] = await segue.lessons(tutor, student, 1);
    const [before] = await segue.sessions(tutor);
    const startsAt = "2027-05-04T12:30:00Z";
    await rescheduleSession(segue.ctx, tutor, id, { startsAt });
    expect([...segue.nudged]).toEqual([tutor.id]);
    await segue.work();
    const [after] = await segue.sessions(tutor);
    expect(after).toMatchObject({
      scheduled_start_at: new Date(startsAt),
      duration_minutes: 45,
      join_url: before?.join_url,
      revision: 2,
    });
    const [room] = await roomsOf(segue, tutor);
    expect(new Date(room?.start ?? "")).toEqual(new Date(startsAt));
    await segue.standIns.forgetCalls();
    await segue.later({ minutes: 2 });
    expect(await segue.standIns.calls()).toEqual([]);
  },
);

test("a new time that can't be sent to the provider at once is sent later", async () => {
  await segue.connect(tutor, "google_meet");
  const [id = ""] = await segue.lessons(tutor, student, 1);
  await segue.standIns.faults({ provider: "google", operation: "update", effect: "unavailable" });
  const startsAt = "2027-05-04T12:30:00Z";
  await rescheduleSession(segue.ctx, tutor, id, { startsAt });
  await segue.later({ seconds: 30 });
  await segue.standIns.faults();
  await segue.later({ minutes: 5 });
  const [room] = await roomsOf(segue, tutor);
  expect(new Date(room?.start ?? "")).toEqual(new Date(startsAt));
});

test("a lesson can't be moved onto another one, into the past, or by the student", async () => {
  await segue.connect(tutor, "google_meet");
  const [first = "", second = ""] = await segue.lessons(tutor, student, 2);
  const [, other] = await segue.sessions(tutor);
  const move = (by: Person, startsAt: Date | string) =>
    code(rescheduleSession(segue.ctx, by, first, { startsAt: new Date(startsAt).toISOString() }));
  const onto = new Date((other?.scheduled_start_at.getTime() ?? 0) + 600_000);
  expect(await move(tutor, onto)).toBe("overlap");
  expect(await move(tutor, segue.clock())).toBe("in_the_past");
  expect(await move(student, "2027-05-05T12:30:00Z")).toBe("not_allowed");
  expect(await move(await segue.person("tutor"), "2027-05-05T12:30:00Z")).toBe("not_found");
  await cancelSession(segue.ctx, tutor, second);
  expect(await move(tutor, onto)).toBe("done");
});

test.each(["zoom", "google_meet"] as const)(
  "a cancelled lesson's room is deleted at once (%s)",
  async (provider) => {
    await segue.connect(tutor, provider);
    const [id = ""] = await segue.lessons(tutor, student, 1);
    expect(await code(cancelSession(segue.ctx, await segue.person("student"), id))).toBe(
      "not_found",
    );
    await cancelSession(segue.ctx, student, id);
    await segue.work();
    expect(await roomsOf(segue, tutor)).toEqual([]);
    expect(await status()).toBe("CANCELLED");
    expect(await code(cancelSession(segue.ctx, student, id))).toBe("wrong_state");
    expect((await listSessions(segue.ctx, student)).items).toMatchObject([{ linkState: "over" }]);
  },
);

test("the clock opens the door before the start and completes the lesson at its end", async () => {
  await segue.connect(tutor, "zoom");
  const [id = ""] = await segue.lessons(tutor, student, 1);
  const start = (await segue.sessions(tutor))[0]?.scheduled_start_at ?? new Date(Number.NaN);
  await clockTo(start, -16);
  expect(await status()).toBe("SCHEDULED");
  await clockTo(start, -15);
  expect(await status()).toBe("JOIN_OPEN");
  await clockTo(start, 44);
  expect(await status()).toBe("JOIN_OPEN");
  await clockTo(start, 45);
  expect(await status()).toBe("COMPLETED");
  await segue.work();
  expect((await segue.ledger(tutor)).map(({ state }) => state)).toEqual(["ended"]);
  // The provider keeps the history of a lesson that took place.
  expect(await segue.standIns.calls("delete")).toEqual([]);
  expect(await getSession(segue.ctx, student, id)).toMatchObject({ linkState: "over" });
});

test("an open door closes again when the lesson is moved away", async () => {
  await segue.connect(tutor, "zoom");
  const [id = ""] = await segue.lessons(tutor, student, 1);
  const start = (await segue.sessions(tutor))[0]?.scheduled_start_at ?? new Date(Number.NaN);
  await clockTo(start, -5);
  await rescheduleSession(segue.ctx, tutor, id, { startsAt: "2027-06-01T10:00:00Z" });
  expect(await status()).toBe("SCHEDULED");
  const soon = new Date(segue.clock().getTime() + 600_000);
  await rescheduleSession(segue.ctx, tutor, id, { startsAt: soon.toISOString() });
  expect(await status()).toBe("JOIN_OPEN");
});

test("a no-show is recorded by the tutor alone, after the start", async () => {
  await segue.connect(tutor, "zoom");
  const [id = ""] = await segue.lessons(tutor, student, 1);
  const start = (await segue.sessions(tutor))[0]?.scheduled_start_at ?? new Date(Number.NaN);
  const note = (by: Person) => code(markNoShow(segue.ctx, by, id));
  expect(await note(tutor)).toBe("wrong_state");
  await clockTo(start, -1);
  expect(await note(tutor)).toBe("wrong_state");
  await clockTo(start, 10);
  expect(await note(student)).toBe("not_allowed");
  expect(await note(tutor)).toBe("done");
  expect(await status()).toBe("NO_SHOW");
  expect(await note(tutor)).toBe("wrong_state");
  await clockTo(start, 60);
  expect(await status()).toBe("NO_SHOW");
});

const status = async () => (await segue.sessions(tutor))[0]?.status;

const clockTo = async (at: Date, minutes: number) => {
  segue.clock.set(new Date(at.getTime() + minutes * 60_000));
  await advanceSessions(segue.ctx);
};

const code = async (work: Promise<unknown>) => (await refusal(work)).code;
