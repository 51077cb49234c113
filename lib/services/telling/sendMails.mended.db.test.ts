/**
 * What a mail says is amiss may be mended while it waits: then it isn't sent, and a relapse is told of anew.
 *
 * @module-tag whole
 */
import { beforeEach, expect, test } from "vitest";
import type { Mailer } from "#lib/platform/mail/mailer.ts";
import { MailError, type MailTrouble } from "#lib/platform/mail/mailTrouble.ts";
import { checkOwnLinks } from "#lib/services/drift/checkLinks.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { ownMailbox } from "#tests/harness/mailbox.ts";
import { scene } from "#tests/harness/scene.ts";
import { sendMails } from "./sendMails.ts";

const { segue, tutor, student } = scene({ tutor: { name: "Tara" }, student: { name: "Dev" } });
const mailbox = ownMailbox();
let admin: Person;
beforeEach(async () => {
  await segue.rows("delete from operator_troubles");
  await segue.rows("update people set role = 'tutor' where role = 'admin'");
  admin = await segue.person("tutor");
  await segue.rows(`update people set role = 'admin' where id = '${admin.id}'`);
  await segue.connect(tutor, "zoom");
  await arriving(tutor.email);
});

test("a warning to the operator isn't sent after it was mended; if it comes back, it is told again", async () => {
  await clientIsRefused();
  await segue.standIns.faults();
  for (let hours = 0; hours < 4; hours++) await segue.later({ hours: 1 });
  expect(await arriving(admin.email)).toEqual([]);
  await clientIsRefused();
  expect(await arriving(admin.email)).toEqual([expect.stringContaining("Zoom")]);
});

test("a warning that reached one of two operators isn't repeated for the other one's sake", async () => {
  const other = await segue.person("tutor");
  await segue.rows(`update people set role = 'admin' where id = '${other.id}'`);
  await clientIsRefused();
  await sendMails(segue.ctx, refusing({ [other.email]: "later" }));
  await segue.standIns.faults();
  for (let hours = 0; hours < 4; hours++) await segue.later({ hours: 1 });
  expect(await arriving(other.email)).toEqual([]);
  await clientIsRefused();
  expect(await arriving(admin.email)).toEqual([]);
});

test("“mails don’t arrive” isn't sent after the address was changed", async () => {
  await arrivesNotAt(student.email);
  await segue.rows(`update private.addresses set email = 'right.${student.email}'
    where person_id = '${student.id}' returning 1`);
  segue.clock.advance({ hours: 5 });
  expect(await arriving(tutor.email)).not.toContainEqual(expect.stringContaining("don’t arrive"));
});

test("“mails don’t arrive” is sent as long as they don't, to the address that the tutor has by now", async () => {
  await arrivesNotAt(student.email);
  const email = `new.${tutor.email}`;
  await segue.rows(`update private.addresses set email = '${email}'
    where person_id = '${tutor.id}' returning 1`);
  segue.clock.advance({ hours: 5 });
  expect(await arriving(email)).toContainEqual(expect.stringContaining("don’t arrive"));
});

test("an address that refused mail, was changed and is back is told of when it refuses again", async () => {
  const [lesson = ""] = await arrivesNotAt(student.email);
  const set = (email: string) =>
    segue.rows(`update private.addresses set email = '${email}'
      where person_id = '${student.id}' returning 1`);
  await set(`right.${student.email}`);
  segue.clock.advance({ hours: 5 });
  await arriving(tutor.email);
  await set(student.email);
  await rescheduleSession(segue.ctx, tutor, lesson, {
    startsAt: new Date(segue.clock().getTime() + 20 * DAY).toISOString(),
  });
  await sendMails(segue.ctx, refusing({ [student.email]: "address" }, "away"));
  segue.clock.advance({ hours: 5 });
  expect(await arriving(tutor.email)).toContainEqual(expect.stringContaining("don’t arrive"));
});

test("“reconnect Zoom” isn't sent to who has left Zoom, though the next connection is dead as well", async () => {
  await dies("zoom");
  await segue.lessons(tutor, student, 1);
  await segue.connect(tutor, "google_meet");
  await dies("google");
  await segue.later({ hours: 1 });
  await checkOwnLinks(segue.ctx, tutor);
  segue.clock.advance({ hours: 2 });
  const subjects = await arriving(tutor.email);
  expect(subjects.filter((subject) => subject.startsWith("Reconnect"))).toEqual([
    expect.stringContaining("Google"),
  ]);
});

test("“reconnect” goes to the address that the tutor has by now", async () => {
  await dies("zoom");
  await segue.lessons(tutor, student, 1);
  const email = `new.${tutor.email}`;
  await segue.rows(`update private.addresses set email = '${email}'
    where person_id = '${tutor.id}' returning 1`);
  expect(await arriving(email)).toContainEqual(expect.stringContaining("Reconnect Zoom"));
});

/** Each address refuses in its way; all others take mail, unless said otherwise. */
const refusing = (troubles: Record<string, MailTrouble>, otherwise?: MailTrouble): Mailer => ({
  close: () => undefined,
  send: async ({ to: { address } }) => {
    const trouble = troubles[address] ?? otherwise;
    if (trouble) throw new MailError("The server said so", { trouble });
  },
});

const clientIsRefused = async () => {
  await segue.later({ minutes: 70 });
  await segue.standIns.faults({ provider: "zoom", operation: "refresh", effect: "invalid_client" });
  await checkOwnLinks(segue.ctx, tutor);
  await segue.lessons(tutor, student, 1, { startsAt: new Date(segue.clock().getTime() + 9 * DAY) });
};

/** @returns the lessons that their student couldn't be told of */
const arrivesNotAt = async (email: string) => {
  const ids = await segue.lessons(tutor, student, 1);
  await sendMails(segue.ctx, refusing({ [email]: "address" }, "away"));
  return ids;
};

const dies = async (provider: "zoom" | "google") => {
  await segue.standIns.control("revoke", { provider, email: tutor.email });
  await segue.standIns.control("expire-tokens");
};

const arriving = async (to: string) => {
  mailbox.empty();
  await sendMails(segue.ctx, mailbox.mailer);
  return mailbox.mails(to).map(({ subject }) => subject);
};

const DAY = 86_400_000;
