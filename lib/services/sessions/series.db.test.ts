import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { acceptBooking } from "#lib/services/bookings/acceptBooking.ts";
import { declineBooking } from "#lib/services/bookings/declineBooking.ts";
import { getBooking } from "#lib/services/bookings/listBookings.ts";
import { requestBooking } from "#lib/services/bookings/requestBooking.ts";
import { sendMails } from "#lib/services/telling/sendMails.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { agreedGuardian } from "#tests/harness/asking/guardian.ts";
import { ownMailbox } from "#tests/harness/mailbox.ts";
import { expectInOrder, roomsOf } from "#tests/harness/order.ts";
import { refusal, scene } from "#tests/harness/scene.ts";
import { advanceSessions } from "./advanceSessions.ts";
import { cancelSession } from "./cancelSession.ts";
import { getSession } from "./listSessions.ts";
import { rescheduleSession } from "./rescheduleSession.ts";

// Berlin goes to summer time on 28 March 2027.
const { segue, tutor, student } = scene({
  start: "2027-03-01T09:00:00Z",
  tutor: { name: "Tara", timeZone: "Europe/Berlin" },
  student: { name: "Sam", timeZone: "Europe/Berlin" },
});
const mailbox = ownMailbox();

/** Four Mondays at 16:00 in Berlin, two on each side of the change of clocks. */
async function series(): Promise<string[]> {
  segue.clock.set("2027-03-01T09:00:00Z");
  await segue.connect(tutor, "zoom");
  const startsAt = new Date("2027-03-15T15:00:00Z");
  const ids = await segue.book(tutor, student, { startsAt, repeatWeekly: 4, subject: "Algebra" });
  await segue.work();
  await sendMails(segue.ctx, mailbox.mailer);
  mailbox.empty();
  return ids;
}

const wallClocks = async () => (await segue.sessions(tutor)).map((one) => one.starts_local);
const statuses = async () => (await segue.sessions(tutor)).map((one) => one.status);
const at = (local: string) => ({ startsAtLocal: local, timeZone: "Europe/Berlin" });
const move = (id: string | undefined, body: object, by: Person = tutor) =>
  rescheduleSession(segue.ctx, by, id ?? "", body);

test("this and the following lessons move alike on the clock, across the change of clocks, with their rooms", async () => {
  const [, second] = await series();
  const links = (await segue.sessions(tutor)).map(({ join_url: link }) => link);
  await move(second, { ...at("2027-03-23T17:30"), scope: "following" });
  expect([...segue.nudged]).toEqual([tutor.id]);
  const after = ["2027-03-15T16:00", "2027-03-23T17:30", "2027-03-30T17:30", "2027-04-06T17:30"];
  expect(await wallClocks()).toEqual(after);
  const lessons = await segue.sessions(tutor);
  expect(lessons.map(({ revision }) => revision)).toEqual([1, 2, 2, 2]);
  expect(lessons.map((one) => one.scheduled_start_at.toISOString())).toEqual([
    "2027-03-15T15:00:00.000Z",
    "2027-03-23T16:30:00.000Z",
    "2027-03-30T15:30:00.000Z",
    "2027-04-06T15:30:00.000Z",
  ]);
  await segue.work();
  await expectInOrder(segue, tutor);
  expect((await segue.sessions(tutor)).map(({ join_url: link }) => link)).toEqual(links);
  const told = (await roomsOf(segue, tutor)).map(({ start }) => new Date(start ?? "").getTime());
  expect(told.sort()).toEqual(lessons.map((one) => one.scheduled_start_at.getTime()));
});

test.each([
  ["a week later, each to where the next one was", "2027-03-22T16:00", "2027-04-12T16:00"],
  ["a week earlier, each to where the one before was", "2027-03-08T16:00", "2027-03-29T16:00"],
])("a whole series moves %s", async (_, first, last) => {
  const ids = await series();
  await move(ids[0], { ...at(first), scope: "all" });
  const starts = await wallClocks();
  expect([starts[0], starts.at(-1)]).toEqual([first, last]);
});

test("a lesson that was cancelled stays so when its series moves", async () => {
  const ids = await series();
  await cancelSession(segue.ctx, tutor, ids[1] ?? "");
  await move(ids[0], { ...at("2027-03-15T17:00"), scope: "all" });
  expect(await wallClocks()).toEqual([
    "2027-03-15T17:00",
    "2027-03-22T16:00",
    "2027-03-29T17:00",
    "2027-04-05T17:00",
  ]);
  expect(await statuses()).toEqual(["SCHEDULED", "CANCELLED", "SCHEDULED", "SCHEDULED"]);
});

test("a lesson that was moved alone before keeps its difference from the others", async () => {
  const ids = await series();
  await move(ids[2], at("2027-03-31T09:00"));
  await move(ids[0], { ...at("2027-03-15T17:00"), scope: "all" });
  expect(await wallClocks()).toEqual([
    "2027-03-15T17:00",
    "2027-03-22T17:00",
    "2027-03-31T10:00",
    "2027-04-05T17:00",
  ]);
});

test("one lesson in the way refuses the whole change, and is named", async () => {
  const ids = await series();
  const other = await segue.person("student", { name: "Ola" });
  await segue.book(tutor, other, { startsAt: new Date("2027-04-05T15:00:00Z"), subject: "Dutch" });
  const before = await segue.sessions(tutor);
  const refused = await refusal(move(ids[0], { ...at("2027-03-15T17:30"), scope: "all" }));
  expect(refused).toEqual({
    code: "overlap",
    message: "This overlaps another lesson of yours: Dutch with Ola, 2027-04-05T15:00:00.000Z.",
  });
  expect(await segue.sessions(tutor)).toEqual(before);
  await sendMails(segue.ctx, mailbox.mailer);
  expect(mailbox.mails(student.email)).toEqual([]);
});

test("no lesson of a series is moved into the past", async () => {
  const ids = await series();
  const refused = await refusal(move(ids[3], { ...at("2027-03-16T16:00"), scope: "all" }));
  expect(refused).toEqual({
    code: "in_the_past",
    message:
      "The lesson planned for 2027-03-15T15:00:00.000Z would then be in the past. Nothing was moved.",
  });
  expect((await segue.sessions(tutor)).map(({ revision }) => revision)).toEqual([1, 1, 1, 1]);
});

test("lessons that are over or under way stay, and a change of several begins with one still to come", async () => {
  const ids = await series();
  segue.clock.set("2027-03-22T15:10:00Z");
  await advanceSessions(segue.ctx);
  expect(await statuses()).toEqual(["COMPLETED", "JOIN_OPEN", "SCHEDULED", "SCHEDULED"]);
  for (const scope of ["following", "all"]) {
    expect((await refusal(move(ids[1], { ...at("2027-03-23T16:00"), scope }))).code).toBe(
      "wrong_state",
    );
    expect((await refusal(cancelSession(segue.ctx, tutor, ids[1] ?? "", { scope }))).code).toBe(
      "wrong_state",
    );
  }
  await move(ids[3], { ...at("2027-04-06T16:00"), scope: "all" });
  expect(await wallClocks()).toEqual([
    "2027-03-15T16:00",
    "2027-03-22T16:00",
    "2027-03-30T16:00",
    "2027-04-06T16:00",
  ]);
  await cancelSession(segue.ctx, tutor, ids[2] ?? "", { scope: "all" });
  expect(await statuses()).toEqual(["COMPLETED", "JOIN_OPEN", "CANCELLED", "CANCELLED"]);
});

test("a series is cancelled from one lesson on, and its rooms go", async () => {
  const ids = await series();
  await cancelSession(segue.ctx, tutor, ids[2] ?? "", { scope: "following" });
  expect([...segue.nudged]).toEqual([tutor.id]);
  expect(await statuses()).toEqual(["SCHEDULED", "SCHEDULED", "CANCELLED", "CANCELLED"]);
  await segue.work();
  expect(await roomsOf(segue, tutor)).toHaveLength(2);
  await expectInOrder(segue, tutor);
});

test("only the tutor changes several at once, and only a series of their own", async () => {
  const [id = ""] = await series();
  const cancel = (by: Person) => refusal(cancelSession(segue.ctx, by, id, { scope: "all" }));
  expect((await cancel(student)).code).toBe("not_allowed");
  expect((await cancel(await segue.person("tutor"))).code).toBe("not_found");
  await expect(async () =>
    cancelSession(segue.ctx, tutor, id, { scope: "some" }),
  ).rejects.toMatchObject({ code: "invalid_input", field: "scope" });
  expect(await statuses()).toEqual(Array(4).fill("SCHEDULED"));
});

test("student and guardian get one mail for all that moved, with the message and every lesson for the calendar", async () => {
  const ids = await series();
  const guardian = `guardian.${student.email}`;
  await agreedGuardian(segue, student, guardian);
  await sendMails(segue.ctx, mailbox.mailer);
  mailbox.empty();
  const message = "The hall is closed.\nSee https://evil.example";
  await move(ids[1], { ...at("2027-03-22T18:00"), scope: "following", message });
  await sendMails(segue.ctx, mailbox.mailer);
  for (const email of [student.email, guardian]) {
    const [mail, ...others] = mailbox.mails(email);
    expect(others).toEqual([]);
    expect(mail?.subject).toBe("New times: 3 lessons of “Algebra”");
    expect(mail?.text).toContain("“Tara” writes: “The hall is closed. See https");
    expect(mail?.text).not.toContain("https://evil.example");
    expect(mail?.text).toContain("22 March 2027 at 18:00");
    expect(mail?.calendar?.method).toBe("PUBLISH");
    expect(mail?.calendar?.events.map(({ start }) => start)).toEqual([
      "20270322T170000Z",
      "20270329T160000Z",
      "20270405T160000Z",
    ]);
  }
  expect(mailbox.mails(tutor.email)).toEqual([]);
  expect(await getSession(segue.ctx, student, ids[3] ?? "")).toMatchObject({
    messages: [
      {
        from: "tutor",
        saidWith: "reschedule",
        text: "The hall is closed. See https://evil.example",
      },
    ],
  });
  expect(await getSession(segue.ctx, student, ids[0] ?? "")).toMatchObject({ messages: [] });
});

test("student and guardian get one mail for all that was cancelled, which takes it out of the calendar", async () => {
  const ids = await series();
  const guardian = `guardian.${student.email}`;
  await agreedGuardian(segue, student, guardian);
  await sendMails(segue.ctx, mailbox.mailer);
  mailbox.empty();
  await cancelSession(segue.ctx, tutor, ids[0] ?? "", { scope: "all", message: "I am ill." });
  await sendMails(segue.ctx, mailbox.mailer);
  for (const email of [student.email, guardian]) {
    const [mail, ...others] = mailbox.mails(email);
    expect(others).toEqual([]);
    expect(mail?.subject).toBe("Cancelled: 4 lessons of “Algebra”");
    expect(mail?.text).toContain("“Tara” writes: “I am ill.”");
    expect(mail?.calendar?.events.map(({ status }) => status)).toEqual(Array(4).fill("CANCELLED"));
  }
});

test("a series moved twice before its mail went out is told of once; what went back isn't", async () => {
  const ids = await series();
  await move(ids[0], { ...at("2027-03-15T18:00"), scope: "all" });
  await move(ids[0], { ...at("2027-03-15T16:00"), message: "Not this one." });
  await sendMails(segue.ctx, mailbox.mailer);
  const [mail, ...others] = mailbox.mails(student.email);
  expect(others).toEqual([]);
  expect(mail?.subject).toBe("New times: 3 lessons of “Algebra”");
  expect(mail?.calendar?.events).toHaveLength(3);
});

test("where the last lesson of a series is meant alone, its mail is a change of one entry", async () => {
  const ids = await series();
  await move(ids[3], { ...at("2027-04-06T16:00"), scope: "following" });
  await cancelSession(segue.ctx, tutor, ids[2] ?? "", { scope: "one" });
  await sendMails(segue.ctx, mailbox.mailer);
  expect(
    mailbox
      .mails(student.email)
      .map(({ calendar }) => calendar?.method)
      .sort(),
  ).toEqual(["CANCEL", "REQUEST"]);
});

test("in a zone that this server doesn't know nobody can say where a series goes; one lesson still moves", async () => {
  const ids = await series();
  const elsewhere = {
    ...segue.ctx,
    zoneRules: (name: string) => (name === "Europe/Berlin" ? null : segue.ctx.zoneRules(name)),
  };
  const to = { startsAt: addMinutes(new Date("2027-03-15T15:00:00Z"), 30).toISOString() };
  const all = rescheduleSession(elsewhere, tutor, ids[0] ?? "", { ...to, scope: "all" });
  expect((await refusal(all)).code).toBe("unavailable");
  expect((await refusal(rescheduleSession(elsewhere, tutor, ids[0] ?? "", to))).code).toBe("done");
});

test("what is written with a request and its answer stands in the mails, and with booking and lesson", async () => {
  await segue.connect(tutor, "zoom");
  const ask = (hours: number, message: string) =>
    requestBooking(segue.ctx, student, {
      tutorId: tutor.id,
      subject: "Algebra",
      startsAt: addMinutes(segue.clock(), 60 * hours).toISOString(),
      durationMinutes: 45,
      timeZone: "Europe/Berlin",
      message,
    });
  const { id } = await ask(50, "Before the exam, please.");
  const { id: declined } = await ask(60, "Or then?");
  await sendMails(segue.ctx, mailbox.mailer);
  segue.clock.advance({ minutes: 1 });
  await declineBooking(segue.ctx, tutor, declined, { message: "I am away then." });
  const { sessionIds } = await acceptBooking(segue.ctx, tutor, id);
  await sendMails(segue.ctx, mailbox.mailer);
  const texts = (to: Person) => mailbox.mails(to.email).map(({ text }) => text);
  expect(texts(tutor).join()).toContain("“Sam” writes: “Before the exam, please.”");
  expect(texts(student).join()).toContain("“Tara” writes: “I am away then.”");
  const asked = { from: "student", saidWith: "request", text: "Before the exam, please." };
  expect(await getSession(segue.ctx, tutor, sessionIds[0] ?? "")).toMatchObject({
    messages: [asked],
  });
  expect(await getBooking(segue.ctx, student, declined)).toMatchObject({
    messages: [{ text: "Or then?" }, { from: "tutor", saidWith: "decline" }],
  });
  for (const message of ["", " ", "\u0000", "a".repeat(501), 5, null]) {
    await expect(async () => ask(70, message as string), String(message)).rejects.toMatchObject({
      code: "invalid_input",
      field: "message",
    });
  }
});
