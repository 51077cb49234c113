/** @module-tag whole */
import { beforeEach, expect, test } from "vitest";
import { asService } from "#lib/platform/db.ts";
import type { Mailer } from "#lib/platform/mail/mailer.ts";
import { MailError } from "#lib/platform/mail/mailTrouble.ts";
import { acceptBooking } from "#lib/services/bookings/acceptBooking.ts";
import { requestBooking } from "#lib/services/bookings/requestBooking.ts";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { mailPasswordReset } from "#lib/services/telling/accountMails.ts";
import { personalLink } from "#tests/harness/links/personalLink.ts";
import { ownMailbox } from "#tests/harness/mailbox.ts";
import { scene } from "#tests/harness/scene.ts";
import { notifyPeople } from "./notifyPeople.ts";
import { remindPeople } from "./remindPeople.ts";
import { sendMails } from "./sendMails.ts";

const { segue, tutor, student } = scene({
  start: "2026-11-02T08:00:00Z",
  tutor: { name: "Tara" },
  student: { name: "Dev", timeZone: "Europe/Berlin" },
});
const mailbox = ownMailbox();
beforeEach(async () => {
  // No day of 25 hours is near, and in Berlin it is morning.
  segue.clock.set(nextMorning(segue.clock()));
  await segue.connect(tutor, "zoom");
});

test("a reminder that waited while its lesson was cancelled isn't sent, and support sees why", async () => {
  const id = await bookedIn(48);
  await remindedWhileAway({ hours: 24, minutes: 1 });
  await cancelSession(segue.ctx, tutor, id);
  expect(await subjects()).toEqual(["Cancelled: “Physics”"]);
  expect(await dropped()).toEqual(["Tomorrow: “Physics” cancelled"]);
});

test("a reminder that waited while its lesson was moved isn't sent", async () => {
  const id = await bookedIn(48);
  await remindedWhileAway({ hours: 47, minutes: 1 });
  await rescheduleSession(segue.ctx, tutor, id, { startsAt: inHours(72) });
  expect(await subjects()).toEqual(["New time: “Physics”"]);
  expect(await dropped()).toEqual(["Soon: “Physics” moved"]);
});

test("a reminder that waited until its lesson had begun isn't sent, nor is “tomorrow” on the day itself", async () => {
  await bookedIn(48);
  await remindedWhileAway({ hours: 24, minutes: 1 });
  // In Berlin, the lesson's day has begun.
  segue.clock.advance({ hours: 15 });
  expect(await subjects()).toEqual([]);
  await remindedWhileAway({ hours: 8, minutes: 10 });
  segue.clock.advance({ hours: 1 });
  expect(await subjects()).toEqual([]);
  expect(await dropped()).toEqual(["Tomorrow: “Physics” over", "Soon: “Physics” over"]);
});

test("after a lesson's end nothing about it goes out", async () => {
  const id = await bookedIn(48);
  await cancelSession(segue.ctx, tutor, id);
  await whileAway();
  segue.clock.advance({ hours: 49 });
  expect(await subjects()).toEqual([]);
  expect(await dropped()).toEqual(["Cancelled: “Physics” over"]);
});

test("a lesson that was moved twice is told of once, from where its people know it to be; one that is back, not at all", async () => {
  const id = await bookedIn(48);
  const [from, to, later] = [inHours(48), inHours(72), inHours(96)];
  const move = (startsAt: string) => rescheduleSession(segue.ctx, tutor, id, { startsAt });
  await move(later);
  await whileAway();
  await move(to);
  segue.clock.advance({ minutes: 1 });
  const sent = await mails();
  expect(sent.map(({ subject }) => subject.split(",")[0])).toEqual(["New time: “Physics”"]);
  expect(sent[0]?.text).toMatch(new RegExp(`from ${dayOf(from)}.* to ${dayOf(to)}`));
  await move(later);
  await whileAway();
  await move(to);
  segue.clock.advance({ minutes: 1 });
  expect(await subjects()).toEqual([]);
});

test("news of rooms that waited while the move was undone is no news", async () => {
  await bookedIn(48);
  await segue.connect(tutor, "google_meet");
  await told();
  await segue.connect(tutor, "zoom");
  await told();
  segue.clock.advance({ minutes: 1 });
  expect(await subjects()).toEqual([]);
  expect(await dropped()).toEqual(["A lesson with “Tara”: now on Google Meet superseded"]);
});

test("news of several rooms that waited are written again without a lesson that was cancelled", async () => {
  const [first = "", second = ""] = await segue.book(tutor, student, {
    startsAt: new Date(segue.clock().getTime() + 96 * HOUR),
    repeatWeekly: 2,
    asked: mails,
  });
  await segue.work();
  await mails();
  await segue.connect(tutor, "google_meet");
  await told();
  await cancelSession(segue.ctx, tutor, first);
  segue.clock.advance({ minutes: 1 });
  const news = (await mails()).filter(({ subject }) => subject.includes("Google Meet"));
  expect(news.map(({ subject }) => subject)).toEqual(["A lesson with “Tara”: now on Google Meet"]);
  expect(news[0]?.text).toContain(await personalLink(segue, student, second));
  expect(news[0]?.text).not.toContain(await personalLink(segue, student, first));
});

test("a request that was decided meanwhile asks nobody", async () => {
  const { id } = await requestBooking(segue.ctx, student, {
    tutorId: tutor.id,
    subject: "Physics",
    startsAt: inHours(48),
    durationMinutes: 45,
    timeZone: "Europe/Berlin",
    repeatWeekly: 1,
  });
  await acceptBooking(segue.ctx, tutor, id);
  expect(await mails(tutor.email)).toEqual([]);
});

test("a request whose first lesson has begun can't be accepted any more, and asks nobody", async () => {
  await requestBooking(segue.ctx, student, {
    tutorId: tutor.id,
    subject: "Physics",
    startsAt: inHours(48),
    durationMinutes: 45,
    timeZone: "Europe/Berlin",
    repeatWeekly: 4,
  });
  await whileAway();
  segue.clock.advance({ hours: 48 });
  expect(await mails(tutor.email)).toEqual([]);
});

test("a link that has expired isn't sent", async () => {
  await asService(segue.ctx.db, (trx) =>
    mailPasswordReset(segue.ctx, trx, student.id, "http://localhost:3000/reset-password?token=t"),
  );
  await whileAway();
  segue.clock.advance({ minutes: 61 });
  expect(await subjects()).toEqual([]);
});

test("news of lessons go to the address that somebody has by now", async () => {
  const id = await bookedIn(48);
  await cancelSession(segue.ctx, tutor, id);
  const email = `new.${student.email}`;
  await segue.rows(
    `update private.addresses set email = '${email}' where person_id = '${student.id}'`,
  );
  expect((await mails(email)).map(({ subject }) => subject.split(",")[0])).toEqual([
    "Cancelled: “Physics”",
  ]);
});

test("a mail from before mails said what they are about is sent", async () => {
  const id = await bookedIn(48);
  await remindedWhileAway({ hours: 24, minutes: 1 });
  await segue.rows("delete from private.mail_lessons returning 1");
  await segue.rows(
    "update mails set about = null, person_id = null, valid_until = null returning 1",
  );
  await cancelSession(segue.ctx, tutor, id);
  expect(await subjects()).toEqual(["Cancelled: “Physics”", "Tomorrow: “Physics”"]);
});

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const nextMorning = (now: Date) => new Date(Math.ceil(now.getTime() / DAY) * DAY + 8 * HOUR);

const inHours = (hours: number) => new Date(segue.clock().getTime() + hours * HOUR).toISOString();

/** "Thursday, 5 November 2026" */
const dayOf = (iso: string) =>
  new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeZone: "Europe/Berlin" })
    .format(new Date(iso))
    .replace(/^(\w+) /, "$1, ");

/** The mail server can't be reached. */
const away: Mailer = {
  send: async () => {
    throw new MailError("no route", { trouble: "away" });
  },
  close: () => undefined,
};

const whileAway = () => sendMails(segue.ctx, away);

const told = async () => {
  await segue.work();
  segue.clock.advance({ minutes: 3 });
  await notifyPeople(segue.ctx, tutor.id);
  await whileAway();
};

const remindedWhileAway = async (by: Parameters<typeof segue.clock.advance>[0]) => {
  segue.clock.advance(by);
  await remindPeople(segue.ctx);
  await whileAway();
  segue.clock.advance({ seconds: 30 });
};

/** What reaches the student now. */
const mails = async (to = student.email) => {
  mailbox.empty();
  await sendMails(segue.ctx, mailbox.mailer);
  return mailbox.mails(to);
};

const subjects = async () => (await mails()).map(({ subject }) => subject.split(",")[0]).toSorted();

const dropped = async () =>
  (
    await segue.rows(`select subject, error_code from mails
      join private.mail_texts on mail_id = id
      where status = 'dropped' and to_email = '${student.email}' order by created_at`)
  ).map(({ subject, error_code }) => `${String(subject).split(",")[0]} ${error_code}`);

const bookedIn = async (hours: number) => {
  const startsAt = new Date(segue.clock().getTime() + hours * HOUR);
  const [id = ""] = await segue.book(tutor, student, { startsAt, subject: "Physics" });
  await segue.work();
  await mails();
  return id;
};
