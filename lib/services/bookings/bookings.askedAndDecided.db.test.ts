import { expect, test } from "vitest";
import { updateProfile } from "#lib/services/people/updateProfile.ts";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { listSessions } from "#lib/services/sessions/listSessions.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { disconnectProvider } from "#lib/services/switching/disconnectProvider.ts";
import { expectInOrder, roomsOf } from "#tests/harness/order.ts";
import { scene } from "#tests/harness/scene.ts";
import { acceptBooking } from "./acceptBooking.ts";
import { cancelBooking } from "./cancelBooking.ts";
import { declineBooking } from "./declineBooking.ts";
import { getBooking, listBookings } from "./listBookings.ts";
import { requestBooking } from "./requestBooking.ts";

const { segue, tutor, student } = scene({ start: "2026-10-01T09:00:00Z" });

test("a tutor without a connection can't accept, and the booking stays asked for", async () => {
  const id = await ask();
  const refused = { code: "no_video_provider", message: "No video provider connected" };
  expect(await refusal(acceptBooking(segue.ctx, tutor, id))).toMatchObject(refused);
  await segue.connect(tutor, "zoom");
  await disconnectProvider(segue.ctx, tutor);
  expect(await refusal(acceptBooking(segue.ctx, tutor, id))).toMatchObject(refused);
  expect(await getBooking(segue.ctx, tutor, id)).toMatchObject({ status: "requested" });
  await segue.connect(tutor, "zoom");
  expect((await acceptBooking(segue.ctx, tutor, id)).sessionIds).toHaveLength(1);
});

test("a provider that is down delays the room, never the lesson", async () => {
  await segue.connect(tutor, "google_meet");
  await segue.standIns.faults({ provider: "google", operation: "create", effect: "unavailable" });
  const id = await ask();
  await acceptBooking(segue.ctx, tutor, id);
  expect([...segue.nudged]).toContain(tutor.id);
  await segue.work();
  expect((await listSessions(segue.ctx, student)).items).toMatchObject([
    { status: "SCHEDULED", provider: null, linkState: "preparing" },
  ]);
  await segue.standIns.faults();
  for (let step = 0; step < 5; step++) await segue.later({ seconds: 30 });
  expect((await listSessions(segue.ctx, tutor)).items).toMatchObject([
    { linkState: "ready", provider: "google_meet", room: { provider: "google_meet" } },
  ]);
  await expectInOrder(segue, tutor);
});

test("a lesson without a room says whether it waits for the tutor or was refused", async () => {
  await segue.connect(tutor, "google_meet");
  await segue.standIns.faults({ provider: "google", operation: "create", effect: "forbidden" });
  await acceptBooking(segue.ctx, tutor, await ask());
  await segue.work();
  expect((await listSessions(segue.ctx, student)).items).toMatchObject([{ linkState: "failed" }]);
  await disconnectProvider(segue.ctx, tutor);
  expect((await listSessions(segue.ctx, student)).items).toMatchObject([{ linkState: "waiting" }]);
});

test("a weekly lesson keeps its local time across a clock change", async () => {
  await segue.connect(tutor, "google_meet");
  // Berlin leaves summer time on 25 October 2026.
  const id = await ask({ startsAt: "2026-10-13T16:00:00+02:00", repeatWeekly: 3 });
  await acceptBooking(segue.ctx, tutor, id);
  await segue.work();
  const starts = (await segue.sessions(tutor)).map((row) => row.scheduled_start_at.toISOString());
  expect(starts).toEqual([
    "2026-10-13T14:00:00.000Z",
    "2026-10-20T14:00:00.000Z",
    "2026-10-27T15:00:00.000Z",
  ]);
  expect((await getBooking(segue.ctx, student, id)).lessonStarts).toEqual(starts);
  const told = (await roomsOf(segue, tutor)).map(({ start }) => new Date(start).toISOString());
  expect(told.sort()).toEqual(starts);
});

test("an accepted booking names its lessons as they are now: moved ones where they went, no cancelled one", async () => {
  await segue.connect(tutor, "google_meet");
  const id = await ask({ repeatWeekly: 3 });
  expect(await getBooking(segue.ctx, student, id)).toMatchObject({
    cancelledStarts: [],
    isWeekly: true,
  });
  await acceptBooking(segue.ctx, tutor, id);
  await segue.work();
  const [first, second, third] = await segue.sessions(tutor);
  await cancelSession(segue.ctx, tutor, first?.id ?? "");
  const later = new Date(Number(third?.scheduled_start_at) + 3_600_000).toISOString();
  await rescheduleSession(segue.ctx, tutor, third?.id ?? "", { startsAt: later });
  const lessonStarts = [second?.scheduled_start_at.toISOString(), later];
  for (const person of [tutor, student]) {
    const { items } = await listBookings(segue.ctx, person);
    expect(items).toMatchObject([
      { lessonStarts, cancelledStarts: [first?.scheduled_start_at.toISOString()], isWeekly: false },
    ]);
  }
});

test("a time that overlaps a lesson is refused at the asking and at the accepting", async () => {
  await segue.connect(tutor, "google_meet");
  const first = await ask();
  const second = await ask({ startsAt: "2026-12-01T15:30:00Z" });
  const touching = await ask({ startsAt: "2026-12-01T16:00:00Z" });
  await acceptBooking(segue.ctx, tutor, first);
  const refused = { code: "overlap", field: "startsAt" };
  expect(await refusal(acceptBooking(segue.ctx, tutor, second))).toMatchObject(refused);
  expect(await refusal(ask({ startsAt: "2026-12-01T14:45:00Z" }))).toMatchObject(refused);
  // The fourth lesson of a weekly booking is the one that overlaps, and the sentence says so.
  const weekly = { startsAt: "2026-11-10T15:00:00Z", repeatWeekly: 4 };
  expect(await refusal(ask(weekly))).toMatchObject({
    ...refused,
    message: "The tutor already has a lesson then: 2026-12-01T15:00:00.000Z.",
  });
  await acceptBooking(segue.ctx, tutor, touching);
  expect(await segue.sessions(tutor)).toHaveLength(2);
  const other = await segue.person("tutor");
  expect(await refusal(ask({ tutorId: other.id }))).toBeNull();
});

test.each(["zoom", "google_meet"] as const)(
  "the longest subject and the longest name make a lesson that %s takes",
  async (provider) => {
    const named = await segue.person("student", { name: "N".repeat(120) });
    await segue.connect(tutor, provider);
    await segue.lessons(tutor, named, 1, { subject: "S".repeat(200) });
    const [session] = await segue.sessions(tutor);
    expect(session?.title.startsWith(`${"S".repeat(200)} with NNN`)).toBe(true);
    expect(session?.join_url).not.toBeNull();
    await expectInOrder(segue, tutor);
  },
);

test("a lesson is asked for two years ahead at most", async () => {
  const ahead = (days: number) => ({
    startsAt: new Date(segue.clock().getTime() + days * 86_400_000).toISOString(),
  });
  expect(await refusal(ask(ahead(733)))).toMatchObject({
    code: "invalid_input",
    field: "startsAt",
  });
  expect(await refusal(ask({ startsAt: "9999-12-30T10:00:00Z", repeatWeekly: 3 }))).toMatchObject({
    code: "invalid_input",
    field: "startsAt",
  });
  expect(await refusal(ask(ahead(730)))).toBeNull();
});

test.each([
  ["a line break", "a\nb"],
  ["a null", "a\u0000b"],
  ["an escape", "a\u001b[31mb"],
  ["a next-line sign", "a\u0085b"],
])("%s is refused in a subject and in a name, and the field is named", async (_what, text) => {
  expect(await refusal(ask({ subject: text }))).toMatchObject({
    code: "invalid_input",
    field: "subject",
  });
  expect(await refusal(updateProfile(segue.ctx, student, { name: text }))).toMatchObject({
    code: "invalid_input",
    field: "name",
  });
  expect(await refusal(ask({ subject: "Ökonomie für Zoë, 日本語 👩🏽‍🏫" }))).toBeNull();
});

test("what is asked for is checked, field by field", async () => {
  const at = async (more: object) => refusal(ask(more));
  expect(await at({ subject: " " })).toMatchObject({ code: "invalid_input", field: "subject" });
  expect(await at({ durationMinutes: 4 })).toMatchObject({ field: "durationMinutes" });
  expect(await at({ repeatWeekly: 53 })).toMatchObject({ field: "repeatWeekly" });
  expect(await at({ timeZone: "Mars/Olympus" })).toMatchObject({ field: "timeZone" });
  expect(await at({ startsAt: "2026-12-01T16:00:00" })).toMatchObject({ field: "startsAt" });
  const past = segue.clock().toISOString();
  expect(await at({ startsAt: past })).toMatchObject({ code: "in_the_past", field: "startsAt" });
  expect(await at({ tutorId: student.id })).toMatchObject({ code: "not_found" });
  const byTutor = requestBooking(segue.ctx, tutor, wish());
  expect(await refusal(byTutor)).toMatchObject({ code: "not_allowed" });
});

test("only the tutor accepts or declines, only participants know of it, and only once", async () => {
  await segue.connect(tutor, "google_meet");
  const stranger = await segue.person("tutor");
  const code = async (work: Promise<unknown>) => (await refusal(work))?.code;
  const id = await ask();
  expect(await code(acceptBooking(segue.ctx, student, id))).toBe("not_allowed");
  expect(await code(declineBooking(segue.ctx, student, id))).toBe("not_allowed");
  expect(await code(acceptBooking(segue.ctx, stranger, id))).toBe("not_found");
  expect(await code(getBooking(segue.ctx, stranger, id))).toBe("not_found");
  expect(await code(cancelBooking(segue.ctx, stranger, id))).toBe("not_found");
  await declineBooking(segue.ctx, tutor, id);
  expect(await code(acceptBooking(segue.ctx, tutor, id))).toBe("wrong_state");
  expect(await code(cancelBooking(segue.ctx, student, id))).toBe("wrong_state");
  expect((await listBookings(segue.ctx, student)).items).toMatchObject([
    { id, status: "declined" },
  ]);
  expect((await listBookings(segue.ctx, stranger)).items).toEqual([]);
  expect(await segue.sessions(tutor)).toEqual([]);
});

test("a booking whose time has passed can't be accepted any more", async () => {
  await segue.connect(tutor, "google_meet");
  const startsAt = new Date(segue.clock().getTime() + 60_000).toISOString();
  const id = await ask({ startsAt });
  segue.clock.advance({ minutes: 1 });
  expect(await refusal(acceptBooking(segue.ctx, tutor, id))).toMatchObject({ code: "in_the_past" });
});

test("cancelling a booking cancels what is to come and keeps what has been", async () => {
  await segue.connect(tutor, "zoom");
  const startsAt = new Date(segue.clock().getTime() + 3_600_000);
  const bookings = await segue.book(tutor, student, { startsAt, repeatWeekly: 3 });
  await segue.work();
  await segue.later({ hours: 1, minutes: 10 });
  const [booking] = (await listBookings(segue.ctx, student)).items;
  await cancelBooking(segue.ctx, student, booking?.id ?? "");
  await segue.work();
  const sessions = await segue.sessions(tutor);
  expect(sessions.map(({ status }) => status)).toEqual(["SCHEDULED", "CANCELLED", "CANCELLED"]);
  const rooms = await roomsOf(segue, tutor);
  expect(rooms.map(({ sessionId }) => sessionId)).toEqual([bookings[0]]);
});

test("a booking whose last lesson has begun can't be called off: that would call off nothing", async () => {
  await segue.connect(tutor, "zoom");
  const startsAt = new Date(segue.clock().getTime() + 3_600_000);
  await segue.book(tutor, student, { startsAt });
  await segue.later({ hours: 1, minutes: 10 });
  const [booking] = (await listBookings(segue.ctx, tutor)).items;
  const id = booking?.id ?? "";
  expect(await refusal(cancelBooking(segue.ctx, tutor, id))).toMatchObject({ code: "wrong_state" });
  expect(await getBooking(segue.ctx, student, id)).toMatchObject({ status: "accepted" });
});

const wish = (more: object = {}) => ({
  tutorId: tutor.id,
  subject: "Physics",
  startsAt: "2026-12-01T16:00:00+01:00",
  durationMinutes: 60,
  timeZone: "Europe/Berlin",
  ...more,
});

const ask = async (more: object = {}) => (await requestBooking(segue.ctx, student, wish(more))).id;

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    ({ code, message, field }: { code: string; message: string; field?: string }) => ({
      code,
      message,
      field,
    }),
  );
