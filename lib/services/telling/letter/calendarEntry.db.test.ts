import { beforeEach, expect, test } from "vitest";
import { cancelBooking } from "#lib/services/bookings/cancelBooking.ts";
import { listBookings } from "#lib/services/bookings/listBookings.ts";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { updatePreferences } from "#lib/services/telling/preferences.ts";
import { sendMails } from "#lib/services/telling/sendMails.ts";
import { agreedGuardian } from "#tests/harness/asking/guardian.ts";
import { personalLink } from "#tests/harness/links/personalLink.ts";
import { ownMailbox } from "#tests/harness/mailbox.ts";
import { scene } from "#tests/harness/scene.ts";
import { UID_HOST } from "#tests/harness/segue.ts";

const { segue, tutor, student } = scene({
  start: "2026-10-20T08:00:00Z",
  tutor: { name: "Tara", timeZone: "Europe/Berlin" },
  student: { name: "Dev", timeZone: "Europe/Berlin" },
});
const mailbox = ownMailbox();

beforeEach(async () => {
  await sendMails(segue.ctx, mailbox.mailer);
  mailbox.empty();
  await segue.connect(tutor, "zoom");
});

test("one lesson is an invitation that mail programs take, then its change, then its end", async () => {
  const [id = ""] = await segue.book(tutor, student, { startsAt, subject: "Physics" });
  const [accepted] = await mailed(student.email);
  const uid = `${id}@${UID_HOST}`;
  expect(accepted?.calendar?.method).toBe("REQUEST");
  expect(accepted?.calendar?.events).toMatchObject([
    {
      uid,
      sequence: 0,
      start: "20261023T140000Z",
      status: "CONFIRMED",
      attendees: [student.email],
    },
  ]);
  expect(accepted?.calendar?.events[0]?.location).toContain(await personalLink(segue, student, id));

  await rescheduleSession(segue.ctx, tutor, id, { startsAt: "2026-10-30T14:00:00Z" });
  const [moved] = await mailed(student.email);
  expect(moved?.calendar).toMatchObject({
    method: "REQUEST",
    events: [{ uid, sequence: 1, start: "20261030T140000Z" }],
  });

  await cancelSession(segue.ctx, tutor, id);
  const [cancelled] = await mailed(student.email);
  expect(cancelled?.calendar).toMatchObject({
    method: "CANCEL",
    events: [{ uid, sequence: 2, status: "CANCELLED", attendees: [student.email] }],
  });
});

test("times are right for the student on both sides of a change of the clocks", async () => {
  await segue.book(tutor, student, { startsAt, repeatWeekly: 2 });
  const [mail] = await mailed(student.email);
  // Both are at 16:00 in Berlin.
  expect(mail?.calendar?.events.map(({ start }) => start)).toEqual([
    "20261023T140000Z",
    "20261030T150000Z",
  ]);
  expect(mail?.text).toContain("from Friday, 23 October 2026 at 16:00 (Europe/Berlin)");
  expect(mail?.text).toContain("to Friday, 30 October 2026 at 16:00 (Europe/Berlin)");
});

test("text, HTML and calendar are alternatives of one another, with the method in the header", async () => {
  await segue.book(tutor, student, { startsAt });
  const [mail] = await mailed(student.email);
  const head = /Content-Type: multipart\/alternative;\s+boundary="([^"]+)"/.exec(mail?.raw ?? "");
  const parts = (mail?.raw ?? "").split(`--${head?.[1]}`);
  const types = parts.map((part) => /^\s*Content-Type: ([^\r\n]+)/m.exec(part)?.[1]);
  expect(types.slice(1, 4)).toEqual([
    "text/plain; charset=utf-8",
    "text/html; charset=utf-8",
    "text/calendar; charset=utf-8; method=REQUEST",
  ]);
  expect(mail?.raw).toContain("Content-Type: application/ics; name=lessons.ics");
});

test("several lessons come as one file that invites to nothing, each as it is known elsewhere", async () => {
  const ids = await segue.book(tutor, student, { startsAt, repeatWeekly: 3 });
  const [mail] = await mailed(student.email);
  expect(mail?.calendar?.method).toBe("PUBLISH");
  expect(mail?.calendar?.events.map(({ uid }) => uid)).toEqual(
    ids.map((id) => `${id}@${UID_HOST}`),
  );
  expect(mail?.calendar?.events.flatMap(({ attendees }) => attendees)).toEqual([]);
  const [booking] = (await listBookings(segue.ctx, tutor)).items;
  await cancelBooking(segue.ctx, tutor, booking?.id ?? "");
  const [off] = await mailed(student.email);
  expect(off?.calendar?.events.map(({ status, sequence }) => [status, sequence])).toEqual(
    Array(3).fill(["CANCELLED", 1]),
  );
});

test("a guardian gets a copy that says why, and how it ends", async () => {
  const guardianEmail = "guardian@people.example";
  await agreedGuardian(segue, student, guardianEmail);
  await mailed(guardianEmail);
  const [id = ""] = await segue.book(tutor, student, { startsAt, subject: "Physics" });
  const [copy] = await mailed(guardianEmail);
  expect(copy?.subject).toBe("“Tara” accepted: “Physics”");
  expect(copy?.text).toContain("because “Dev” gave this address");
  expect(copy?.calendar?.events).toMatchObject([{ attendees: [guardianEmail] }]);
  await cancelSession(segue.ctx, student, id);
  const [off] = await mailed(guardianEmail);
  expect(off?.text).toContain("“Dev” has cancelled “Physics”");
  await updatePreferences(segue.ctx, student, { guardianEmail: null });
  await segue.book(tutor, student, { startsAt });
  expect(await mailed(guardianEmail)).toEqual([]);
});

test("each mail is in the reader's language, in text and HTML, and says where to choose", async () => {
  const ada = await segue.person("student", { name: "Ada", language: "de" });
  await segue.book(tutor, ada, { startsAt, subject: "Physik" });
  const [mail] = await mailed(ada.email);
  expect(mail?.subject).toBe("„Tara“ hat zugesagt: „Physik“");
  expect(mail?.text).toContain("Freitag, 23. Oktober 2026 um 14:00 (Etc/UTC)");
  expect(mail?.html).toContain('<html lang="de">');
  expect(mail?.calendar?.events[0]?.summary).toBe("Physik mit Tara");
  for (const shape of [mail?.text, mail?.html]) {
    expect(shape).toContain("Hallo Ada,");
    expect(shape).toContain("http://localhost:3000/settings#mails");
  }
});

const startsAt = new Date("2026-10-23T14:00:00Z");

const mailed = async (to: string) => {
  mailbox.empty();
  await sendMails(segue.ctx, mailbox.mailer);
  return mailbox.mails(to);
};
