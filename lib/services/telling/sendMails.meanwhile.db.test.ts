/**
 * Mails that waited for the mail server, while what they tell of, their links, or their reader's wishes changed.
 *
 * @module-tag whole
 */
import { beforeEach, expect, test } from "vitest";
import type { Mailer } from "#lib/platform/mail/mailer.ts";
import { MailError } from "#lib/platform/mail/mailTrouble.ts";
import { endMyLinks } from "#lib/services/doors/endMyLinks.ts";
import { readDoor } from "#lib/services/doors/readDoor.ts";
import { checkLinks } from "#lib/services/drift/checkLinks.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { notifyPeople } from "#lib/services/telling/notifyPeople.ts";
import { updatePreferences } from "#lib/services/telling/preferences.ts";
import { remindPeople } from "#lib/services/telling/remindPeople.ts";
import { sendMails } from "#lib/services/telling/sendMails.ts";
import { ownMailbox } from "#tests/harness/mailbox.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student } = scene({
  start: "2026-11-02T08:00:00Z",
  tutor: { name: "Tara" },
  student: { name: "Dev" },
});
const mailbox = ownMailbox();
const HOUR = 3_600_000;
const inHours = (hours: number) => new Date(segue.clock().getTime() + hours * HOUR);
const away: Mailer = {
  send: async () => {
    throw new MailError("no route", { trouble: "away" });
  },
  close: () => undefined,
};
const mails = async (to = student.email) => {
  mailbox.empty();
  await sendMails(segue.ctx, mailbox.mailer);
  return mailbox.mails(to);
};
beforeEach(() => segue.connect(tutor, "zoom"));

const booked = async () => {
  const [id = ""] = await segue.book(tutor, student, { subject: "Physics", startsAt: inHours(96) });
  await segue.work();
  await mails();
  return id;
};
/** The lesson moves to Meet, and the mail about it waits. */
const movedWhileAway = async () => {
  await segue.connect(tutor, "google_meet");
  await segue.work();
  segue.clock.advance({ minutes: 3 });
  await notifyPeople(segue.ctx, tutor.id);
  await sendMails(segue.ctx, away);
  segue.clock.advance({ minutes: 1 });
};

test("a student hears that lessons are on Meet now, also where the room was lost just when the mail server came back", async () => {
  await booked();
  await movedWhileAway();
  const [session] = await segue.sessions(tutor);
  await segue.standIns.control("delete-meeting", {
    provider: "google",
    id: session?.meeting_external_id,
  });
  await segue.standIns.faults({
    provider: "google",
    operation: "create",
    effect: "unavailable",
    times: 3,
  });
  await checkLinks(segue.ctx, tutor.id);
  const during = await mails();
  for (let i = 0; i < 10; i++) await segue.later({ minutes: 2 });
  await notifyPeople(segue.ctx, tutor.id);
  const after = await mails();
  expect((await segue.sessions(tutor))[0]).toMatchObject({ provider: "google_meet" });
  expect([...during, ...after].map(({ subject }) => subject)).toEqual([
    "A lesson with “Tara”: now on Google Meet",
  ]);
});

test("a student hears that the lesson is on Meet now, also where it was given another time meanwhile", async () => {
  const id = await booked();
  await movedWhileAway();
  await rescheduleSession(segue.ctx, tutor, id, { startsAt: inHours(120).toISOString() });
  await segue.work();
  segue.clock.advance({ minutes: 3 });
  await notifyPeople(segue.ctx, tutor.id);
  const sent = await mails();
  expect(sent.map(({ text }) => text).join("\n")).toContain("Google Meet");
});

test("no mail goes out with a link that its reader has ended", async () => {
  const id = await booked();
  await rescheduleSession(segue.ctx, tutor, id, { startsAt: inHours(120).toISOString() });
  await sendMails(segue.ctx, away);
  segue.clock.advance({ minutes: 1 });
  await endMyLinks(segue.ctx, student);
  const states: boolean[] = [];
  for (const { text } of await mails()) {
    for (const [, token = ""] of text.matchAll(/\/j\/([\w.~-]+)/g)) {
      states.push((await readDoor(segue.ctx, token)).hasEnded);
    }
  }
  expect(states.length).toBeGreaterThan(0);
  expect(states).not.toContain(true);
});

test("no reminder goes out to whoever has switched reminders off meanwhile", async () => {
  await booked();
  segue.clock.advance({ hours: 72, minutes: 1 });
  await remindPeople(segue.ctx);
  await sendMails(segue.ctx, away);
  segue.clock.advance({ minutes: 1 });
  await updatePreferences(segue.ctx, student, { remindDay: false });
  expect((await mails()).map(({ subject }) => subject)).toEqual([]);
});
