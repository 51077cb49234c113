import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createMailer, type Mailer } from "#lib/platform/mailer.ts";
import { cancelBooking } from "#lib/services/bookings/cancelBooking.ts";
import { declineBooking } from "#lib/services/bookings/declineBooking.ts";
import { listBookings } from "#lib/services/bookings/listBookings.ts";
import { requestBooking } from "#lib/services/bookings/requestBooking.ts";
import type { Person } from "#lib/services/context.ts";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { freePort } from "#tests/harness/ports.ts";
import { scene } from "#tests/harness/scene.ts";
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
  await segue.book(tutor, student, { startsAt, subject: "Physics" });
  expect(segue.mailNudges).toBe(2);
  expect(await send()).toBe(2);
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

test("the other side is notified of what changes a lesson, with the stable link", async () => {
  const [id = ""] = await segue.book(tutor, student, { startsAt, subject: "Physics" });
  await send();
  await rescheduleSession(segue.ctx, tutor, id, { startsAt: "2026-11-25T15:00:00Z" });
  await send();
  const [moved] = await inbox(student);
  expect(moved?.subject).toBe(
    "New time: “Physics”, Wednesday, 25 November 2026 at 20:30 (Asia/Kolkata)",
  );
  expect(moved?.text).toContain("Tuesday, 24 November 2026 at 20:30");
  expect(moved?.text).toContain(`/sessions/${id}/join`);
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
  const ask = (subject: string) =>
    requestBooking(segue.ctx, student, {
      tutorId: tutor.id,
      subject,
      startsAt: startsAt.toISOString(),
      durationMinutes: 45,
      timeZone: "Europe/Berlin",
      repeatWeekly: 3,
    });
  await declineBooking(segue.ctx, tutor, (await ask("Latin")).id);
  await cancelBooking(segue.ctx, student, (await ask("Greek")).id);
  await send();
  expect((await inbox(student)).map(({ subject }) => subject)).toEqual([
    "“Tara” can’t give this lesson: “Latin”",
  ]);
  const [calledOff] = await inbox(tutor);
  expect(calledOff?.subject).toBe("“Dev” called off: “Greek”");
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
  await segue.book(tutor, eve, { startsAt, subject: "Physics" });
  await send();
  const mails = await segue.standIns.inbox(tutor.email);
  expect(mails[0]?.to).toEqual([tutor.email]);
  expect(mails[0]?.subject).toContain("Bcc: victim");
  expect(await segue.standIns.inbox("victim@people.example")).toEqual([]);
  const [row] = await segue.rows(
    `select html_body from mails where to_email = '${tutor.email}' limit 1`,
  );
  expect(row?.html_body).not.toContain("<b>x");
});

test("a mail server that is down delays a mail and loses none", async () => {
  const down = createMailer(`smtp://127.0.0.1:${await freePort()}`, "segue@segue.example");
  await segue.book(tutor, student, { startsAt });
  await sendMails(segue.ctx, down);
  await sendMails(segue.ctx, down);
  down.close();
  const rows = () =>
    segue.rows(`select status, attempts, error_detail, sent_at from mails
      where to_email in ('${tutor.email}', '${student.email}')`);
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
  expect(await inbox(student)).toHaveLength(1);
  expect((await rows()).map(({ status }) => status)).toEqual(["sent", "sent"]);
});

test("two workers at the same time send each mail once", async () => {
  await segue.book(tutor, student, { startsAt, repeatWeekly: 2 });
  const [booking] = await listBookings(segue.ctx, tutor);
  await cancelBooking(segue.ctx, tutor, booking?.id ?? "");
  const sent = await Promise.all([send(), send(), send()]);
  expect(sent.reduce((sum, count) => sum + count)).toBe(3);
  expect(await inbox(student)).toHaveLength(2);
  expect(await inbox(tutor)).toHaveLength(1);
});

/** It is 16:00 in Berlin and 20:30 in Kolkata. */
const startsAt = new Date("2026-11-24T15:00:00Z");

const send = () => sendMails(segue.ctx, mailer);

const inbox = async (person: Person) =>
  (await segue.standIns.inbox(person.email)).map(({ subject, text }) => ({ subject, text }));
