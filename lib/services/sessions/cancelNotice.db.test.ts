import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { cancelBooking } from "#lib/services/bookings/cancelBooking.ts";
import { getBooking } from "#lib/services/bookings/listBookings.ts";
import { ownProfile } from "#lib/services/people/ownProfile.ts";
import { updateProfile } from "#lib/services/people/updateProfile.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { refusal, scene } from "#tests/harness/scene.ts";
import { cancelSession } from "./cancelSession.ts";
import { getSession } from "./listSessions.ts";

const { segue, tutor, student } = scene({ tutor: { name: "Tara" } });

async function lessonIn(hours: number, repeatWeekly = 1) {
  await segue.connect(tutor, "zoom");
  const startsAt = addMinutes(segue.clock(), 60 * hours);
  const [id = ""] = await segue.book(tutor, student, { startsAt, repeatWeekly });
  const { bookingId } = await getSession(segue.ctx, tutor, id);
  return { id, bookingId, startsAt };
}

const cancel = (by: Person, id: string) => refusal(cancelSession(segue.ctx, by, id));

test("a student cancels until the tutor's hour before the start, is told until when, and then what to do", async () => {
  await updateProfile(segue.ctx, tutor, { cancelUntilHours: 24 });
  expect(await ownProfile(segue.ctx, tutor)).toMatchObject({ cancelUntilHours: 24 });
  const { id, startsAt } = await lessonIn(48);
  const until = addMinutes(startsAt, -24 * 60);
  expect(await getSession(segue.ctx, student, id)).toMatchObject({
    cancelUntil: until.toISOString(),
  });
  segue.clock.set(until);
  expect(await cancel(student, id)).toEqual({
    code: "too_late",
    message:
      "Tara lets students cancel until 24 hours before the start, so it can’t be cancelled here any more. Ask Tara to cancel it.",
  });
  segue.clock.set(addMinutes(until, -1));
  expect(await cancel(student, id)).toMatchObject({ code: "done" });
});

test("without such a setting a student cancels until the start, and the tutor always", async () => {
  const { id, startsAt } = await lessonIn(2);
  segue.clock.set(startsAt);
  expect(await cancel(student, id)).toEqual({
    code: "too_late",
    message:
      "This lesson has begun, so it can’t be cancelled here any more. Ask Tara to cancel it.",
  });
  expect(await cancel(tutor, id)).toMatchObject({ code: "done" });
  const next = await lessonIn(2);
  expect(await cancel(student, next.id)).toMatchObject({ code: "done" });
});

test("a whole booking is called off by its student only while each lesson of it may be", async () => {
  await updateProfile(segue.ctx, tutor, { cancelUntilHours: 1 });
  const { bookingId, startsAt } = await lessonIn(48, 2);
  expect(await getBooking(segue.ctx, student, bookingId)).toMatchObject({ cancelUntilHours: 1 });
  segue.clock.set(addMinutes(startsAt, -30));
  const refused = await refusal(cancelBooking(segue.ctx, student, bookingId));
  expect(refused.code).toBe("too_late");
  expect(refused.message).toContain("Ask Tara to cancel that one");
  expect((await segue.sessions(tutor)).map(({ status }) => status)).toEqual([
    "SCHEDULED",
    "SCHEDULED",
  ]);
  await cancelBooking(segue.ctx, tutor, bookingId, { message: "No lessons in August." });
  expect(await getBooking(segue.ctx, student, bookingId)).toMatchObject({
    status: "cancelled",
    messages: [{ from: "tutor", saidWith: "cancel", text: "No lessons in August." }],
  });
});

test("the setting is a tutor's, in whole hours up to a week", async () => {
  const set = (by: Person, hours: unknown) =>
    refusal(updateProfile(segue.ctx, by, { cancelUntilHours: hours }));
  expect(await set(student, 1)).toMatchObject({ code: "invalid_input" });
  for (const hours of [-1, 169, 1.5, "2", null]) {
    expect(await set(tutor, hours), String(hours)).toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining("cancelUntilHours"),
    });
  }
  expect(await set(tutor, 168)).toMatchObject({ code: "done" });
});
