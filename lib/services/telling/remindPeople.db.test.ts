import { beforeEach, expect, test } from "vitest";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { agreedGuardian } from "#tests/harness/asking/guardian.ts";
import { personalLink } from "#tests/harness/links/personalLink.ts";
import { ownMailbox } from "#tests/harness/mailbox.ts";
import { scene } from "#tests/harness/scene.ts";
import type { Segue } from "#tests/harness/segue.ts";
import { updatePreferences } from "./preferences.ts";
import { remindPeople } from "./remindPeople.ts";
import { sendMails } from "./sendMails.ts";

const { segue, tutor, student } = scene({
  start: "2026-10-20T08:00:00Z",
  tutor: { name: "Tara" },
  student: { name: "Dev", timeZone: "Europe/Berlin" },
});
const mailbox = ownMailbox();

beforeEach(async () => {
  await segue.connect(tutor, "zoom");
});

test("a student is reminded a day and an hour before, once each, with their own link", async () => {
  const id = await book(48);
  expect(await reminded({ hours: 23, minutes: 58 })).toEqual([]);
  expect(await reminded({ minutes: 3 })).toEqual(tomorrow());
  expect(mailbox.mails()[0]?.text).toContain(await personalLink(segue, student, id));
  expect(mailbox.mails()[0]?.text).toContain("(Europe/Berlin)");
  expect(await reminded({ minutes: 1 })).toEqual([]);
  expect(await reminded({ hours: 22, minutes: 55 })).toEqual([]);
  expect(await reminded({ minutes: 4 })).toEqual(inAnHour());
  expect(await reminded({ minutes: 1 })).toEqual([]);
});

test("tomorrow's lesson of a series comes with an entry of its own, which mail programs carry out", async () => {
  const startsAt = new Date(segue.clock().getTime() + 48 * 3_600_000);
  const [id = ""] = await segue.book(tutor, student, { startsAt, repeatWeekly: 3 });
  await reminded();
  await reminded({ hours: 24 });
  const [{ calendar } = { calendar: null }] = mailbox.mails(student.email);
  expect(calendar?.method).toBe("REQUEST");
  expect(calendar?.events.map(({ uid }) => uid.split("@")[0])).toEqual([id]);
  expect(calendar?.events[0]?.location).toBe(await personalLink(segue, student, id));
  await reminded({ hours: 23, minutes: 10 });
  expect(mailbox.mails(student.email)[0]?.calendar).toBeNull();
});

test("tomorrow is what the reader's calendar calls so, also where clocks change", async () => {
  // 23:30 in Berlin on a day of 25 hours: a day before that is half past midnight on the same date.
  const startsAt = new Date("2026-10-25T22:30:00Z");
  await segue.book(tutor, student, { startsAt, subject: "Physics" });
  await reminded();
  segue.clock.set("2026-10-24T22:30:01Z");
  expect(await reminded()).toEqual([[student.email, "Soon: “Physics”"]]);
});

test("who has just booked isn't reminded of it", async () => {
  await book(23);
  expect(await reminded({ minutes: 1 })).toEqual([]);
  expect(await reminded({ hours: 22 })).toEqual(inAnHour());
  segue.clock.advance({ hours: 3 });
  await book(0.8);
  expect(await reminded({ minutes: 1 })).toEqual([]);
});

test("a worker that was away says nothing that is too late", async () => {
  await book(48);
  expect(await reminded({ hours: 30 })).toEqual([]);
  expect(await reminded({ hours: 17, minutes: 50 })).toEqual([]);
  expect(await reminded({ hours: 1 })).toEqual([]);
});

test("nobody is reminded of a cancelled lesson, and of one at a new time anew", async () => {
  const cancelled = await book(48);
  await cancelSession(segue.ctx, tutor, cancelled);
  const id = await book(48);
  expect(await reminded({ hours: 24 })).toEqual(tomorrow());
  const startsAt = new Date(segue.clock().getTime() + 72 * 3_600_000).toISOString();
  await rescheduleSession(segue.ctx, tutor, id, { startsAt });
  await reminded();
  expect(await reminded({ hours: 23, minutes: 30 })).toEqual([]);
  expect(await reminded({ hours: 24, minutes: 31 })).toEqual(tomorrow());
});

test("each side is reminded as it wishes, the guardian with the student", async () => {
  const guardianEmail = "guardian@people.example";
  await updatePreferences(segue.ctx, student, { remindDay: false });
  await agreedGuardian(segue, student, guardianEmail);
  await updatePreferences(segue.ctx, tutor, { remindDay: true });
  await book(48);
  expect(await reminded({ hours: 24 })).toEqual([[tutor.email, "Tomorrow: “Physics”"]]);
  expect(await reminded({ hours: 23, minutes: 10 })).toEqual([
    [student.email, "Soon: “Physics”"],
    [guardianEmail, "Soon: “Physics”"],
  ]);
});

test("two workers at the same time remind once", async () => {
  await book(48);
  segue.clock.advance({ hours: 24 });
  await Promise.all([1, 2, 3].map(() => remindPeople(segue.ctx)));
  expect(await reminded()).toEqual(tomorrow());
});

/** Runs the worker's minute. @returns what has been mailed to whom since the last one */
const reminded = async (by: Parameters<Segue["clock"]["advance"]>[0] = {}) => {
  segue.clock.advance(by);
  await remindPeople(segue.ctx);
  mailbox.empty();
  await sendMails(segue.ctx, mailbox.mailer);
  // Mails of one moment leave in any order. Here the student's comes first.
  return mailbox
    .mails()
    .toSorted((one, other) => Number(one.to !== student.email) - Number(other.to !== student.email))
    .map(({ to, subject }) => [to, subject.split(",")[0]]);
};

const book = async (inHours: number) => {
  const startsAt = new Date(segue.clock().getTime() + inHours * 3_600_000);
  const [id = ""] = await segue.book(tutor, student, { startsAt, subject: "Physics" });
  await reminded();
  return id;
};

const tomorrow = () => [[student.email, "Tomorrow: “Physics”"]];
const inAnHour = () => [[student.email, "Soon: “Physics”"]];
