import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createMailer, type Mailer } from "#lib/platform/mail/mailer.ts";
import { MAIL_LEASE_SECONDS } from "#lib/platform/patience.ts";
import { cancelBooking } from "#lib/services/bookings/cancelBooking.ts";
import { declineBooking } from "#lib/services/bookings/declineBooking.ts";
import { requestBooking } from "#lib/services/bookings/requestBooking.ts";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { personalLink } from "#tests/harness/links/personalLink.ts";
import { freePort } from "#tests/harness/ports.ts";
import { scene } from "#tests/harness/scene.ts";
import { eraseMailTexts } from "./eraseMailTexts.ts";
import { sendMails } from "./sendMails.ts";

const { segue, tutor, student } = scene({
  tutor: { name: "Tara", timeZone: "Europe/Berlin" },
  student: { name: "Dev", timeZone: "Asia/Kolkata" },
});
let mailer: Mailer;
beforeAll(() => {
  mailer = createMailer(segue.standIns.env.SMTP_URL ?? "", "Segue <segue@segue.example>");
});
afterAll(() => mailer.close());
beforeEach(async () => {
  await sendMails(segue.ctx, mailer);
  await segue.connect(tutor, "zoom");
});

test("each mail goes once to the right person, in that person's time zone", async () => {
  await segue.book(tutor, student, { startsAt, subject: "Physics", asked: send });
  expect(segue.mailNudges).toBe(2);
  expect(await send()).toBe(1);
  expect(await send()).toBe(0);
  expect(await inbox(tutor)).toEqual([
    {
      subject: "“Dev” asks for a lesson: “Physics”",
      text: expect.stringContaining("Tuesday, 24 November 2026 at 16:00 (Europe/Berlin)"),
    },
  ]);
  expect(await inbox(student)).toEqual([
    {
      subject: "“Tara” accepted: “Physics”",
      text: expect.stringContaining("Tuesday, 24 November 2026 at 20:30 (Asia/Kolkata)"),
    },
  ]);
});

test("the other side is notified of what changes a lesson, with their own link", async () => {
  const [id = ""] = await segue.book(tutor, student, { startsAt, subject: "Physics" });
  await send();
  await rescheduleSession(segue.ctx, tutor, id, { startsAt: "2026-11-25T15:00:00Z" });
  await send();
  const [moved] = await inbox(student);
  expect(moved?.subject).toBe(
    "New time: “Physics”, Wednesday, 25 November 2026 at 20:30 (Asia/Kolkata)",
  );
  expect(moved?.text).toContain("Tuesday, 24 November 2026 at 20:30");
  expect(moved?.text).toContain(await personalLink(segue, student, id));
  await cancelSession(segue.ctx, student, id);
  await send();
  const [cancelled] = await inbox(tutor);
  expect(cancelled?.subject).toBe(
    "Cancelled: “Physics”, Wednesday, 25 November 2026 at 16:00 (Europe/Berlin)",
  );
  // A mail brought the lesson into the calendar, and only another mail takes it out.
  const [own, ...others] = await inbox(student);
  expect(own?.text).toContain("You have cancelled “Physics”");
  expect(others).toHaveLength(2);
});

test("the other side is notified of a booking that is declined or called off", async () => {
  await declineBooking(segue.ctx, tutor, (await ask("Latin")).id);
  const greek = await ask("Greek");
  await send();
  await cancelBooking(segue.ctx, student, greek.id);
  await send();
  expect((await inbox(student)).map(({ subject }) => subject)).toEqual([
    "“Tara” can’t give this lesson: “Latin”",
  ]);
  const [calledOff] = await inbox(tutor);
  expect(calledOff?.subject).toBe("“Dev” cancelled: “Greek”");
  expect(calledOff?.text).toContain("weekly, 3 times, from Tuesday, 24 November 2026");
});

test("nobody is notified of what was refused", async () => {
  const [id = ""] = await segue.book(tutor, student, { startsAt });
  await send();
  await expect(cancelSession(segue.ctx, await segue.person("student"), id)).rejects.toThrow();
  await expect(
    rescheduleSession(segue.ctx, tutor, id, { startsAt: "2020-01-01T00:00:00Z" }),
  ).rejects.toThrow();
  expect(await send()).toBe(0);
});

test("a name can't write headers, addresses or HTML of its own", async () => {
  const name = "Eve <b>x</b>\r\nBcc: victim@people.example";
  const eve = await segue.person("student", { name });
  const asked = async () => {
    const [row] = await texts(tutor);
    expect(row?.html_body).not.toContain("<b>x");
    await send();
  };
  await segue.book(tutor, eve, { startsAt, subject: "Physics", asked });
  const mails = await segue.standIns.inbox(tutor.email);
  expect(mails[0]?.to).toEqual([tutor.email]);
  expect(mails[0]?.subject).toContain("Bcc: victim");
  expect(await segue.standIns.inbox("victim@people.example")).toEqual([]);
});

test("a mail server that is down delays a mail and loses none", async () => {
  const down = createMailer(`smtp://127.0.0.1:${await freePort()}`, "segue@segue.example");
  await ask("Latin");
  await ask("Greek");
  await sendMails(segue.ctx, down);
  await sendMails(segue.ctx, down);
  down.close();
  const rows = () =>
    segue.rows(`select status, attempts, error_detail, sent_at
      from mails join private.mail_texts on mail_id = id
      where to_email = '${tutor.email}'`);
  expect(await rows()).toEqual(
    Array(2).fill({
      status: "queued",
      attempts: 1,
      error_detail: expect.stringContaining("ECONNREFUSED"),
      sent_at: null,
    }),
  );
  expect(await send()).toBe(0);
  segue.clock.advance({ seconds: 10 });
  expect(await send()).toBe(2);
  expect(await inbox(tutor)).toHaveLength(2);
  expect((await rows()).map(({ status }) => status)).toEqual(["sent", "sent"]);
});

test("two workers at the same time send each mail once", async () => {
  await ask("Greek");
  await declineBooking(segue.ctx, tutor, (await ask("Physics")).id);
  await segue.book(tutor, student, { startsAt, subject: "Latin" });
  const sent = await Promise.all([send(), send(), send()]);
  expect(sent.reduce((sum, count) => sum + count)).toBe(5);
  expect(await inbox(student)).toHaveLength(2);
  expect(await inbox(tutor)).toHaveLength(1);
});

test("of a mail that was sent, only whom it went to and its subject stay", async () => {
  await segue.book(tutor, student, { startsAt, subject: "Physics" });
  const [before] = await texts(student);
  expect(before).toMatchObject({ to_name: "Dev" });
  expect(before?.text_body).toContain("/j/");
  expect(before?.calendar_body).toContain("VCALENDAR");
  await send();
  expect(await texts(student)).toEqual([
    {
      ...erased,
      to_email: student.email,
      subject: "“Tara” accepted: “Physics”",
    },
  ]);
});

test("a worker that dies between sending and recording leaves the text for whoever sends it again, and no longer", async () => {
  await ask("Latin");
  await ask("Physics");
  const dying = { ...segue.ctx, clock: () => segue.clock() };
  const sends = {
    ...mailer,
    send: async (mail: Parameters<Mailer["send"]>[0]) => {
      await mailer.send(mail);
      // What is recorded from here on fails, as it does where the process is gone.
      dying.clock = () => {
        throw new Error("killed");
      };
    },
  };
  await expect(sendMails(dying, sends)).rejects.toThrow("killed");
  const left = async () =>
    (await texts(tutor, student)).filter(({ text_body }) => text_body !== null);
  expect(await left()).toHaveLength(2);
  segue.clock.advance({ seconds: MAIL_LEASE_SECONDS });
  await send();
  expect(await left()).toEqual([]);
});

test("the text of a mail that failed for good is erased a week later, and of one that waits never", async () => {
  const physics = await ask("Physics");
  await send();
  await declineBooking(segue.ctx, tutor, physics.id);
  await ask("Latin");
  const down = createMailer(`smtp://127.0.0.1:${await freePort()}`, "segue@segue.example");
  await segue.rows(`update mails set attempts = 29, created_at = created_at - interval '5 days' where id in
    (select mail_id from private.mail_texts where to_email = '${student.email}') returning 1`);
  await sendMails(segue.ctx, down);
  down.close();
  const after = async (days: number) => {
    segue.clock.advance({ days });
    await eraseMailTexts(segue.ctx);
    const waiting = (await texts(student, tutor)).filter(({ subject }) => subject !== physicsAsked);
    return waiting.map(({ text_body }) => text_body !== null);
  };
  expect(await after(6)).toEqual([true, true]);
  expect(await after(2)).toEqual([false, true]);
});

test("a sent mail that was put back by hand isn't sent without its text", async () => {
  await segue.book(tutor, student, { startsAt, subject: "Physics" });
  await send();
  const [mail] = await segue.rows(`update mails
    set status = 'queued', sent_at = null, next_attempt_at = created_at where id in
    (select mail_id from private.mail_texts where to_email = '${student.email}') returning id`);
  expect(await send()).toBe(1);
  expect(await inbox(student)).toHaveLength(1);
  expect(
    await segue.rows(`select status, error_detail from mails where id = '${mail?.id}'`),
  ).toEqual([{ status: "failed", error_detail: "Its text was erased" }]);
});

/** It is 16:00 in Berlin and 20:30 in Kolkata. */
const startsAt = new Date("2026-11-24T15:00:00Z");

const physicsAsked = "“Dev” asks for a lesson: “Physics”";

const erased = {
  to_name: null,
  text_body: null,
  html_body: null,
  calendar_body: null,
};

const ask = (subject: string) =>
  requestBooking(segue.ctx, student, {
    tutorId: tutor.id,
    subject,
    startsAt: startsAt.toISOString(),
    durationMinutes: 45,
    timeZone: "Europe/Berlin",
    repeatWeekly: 3,
  });

/** The mails' texts as they are stored, in the order of the people. */
const texts = async (...people: Person[]) => {
  const rows = people.map(({ email }) =>
    segue.rows(`select to_email, subject, to_name, text_body, html_body, calendar_body
      from private.mail_texts where to_email = '${email}'`),
  );
  return (await Promise.all(rows)).flat();
};

const send = () => sendMails(segue.ctx, mailer);

const inbox = async (person: Person) =>
  (await segue.standIns.inbox(person.email)).map(({ subject, text }) => ({ subject, text }));
