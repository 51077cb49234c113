/**
 * What one stranger wrote reaches another by mail only as a quoted field on one line of our frame: also where
 * it came in before there was a rule for it.
 */
import { beforeEach, expect, test } from "vitest";
import { asService } from "#lib/platform/db.ts";
import { cancelBooking } from "#lib/services/bookings/cancelBooking.ts";
import { declineBooking } from "#lib/services/bookings/declineBooking.ts";
import { requestBooking } from "#lib/services/bookings/requestBooking.ts";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { joinSession } from "#lib/services/sessions/joinSession.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { mailPasswordReset } from "#lib/services/telling/accountMails.ts";
import { notifyPeople } from "#lib/services/telling/notifyPeople.ts";
import { updatePreferences } from "#lib/services/telling/preferences.ts";
import { remindPeople } from "#lib/services/telling/remindPeople.ts";
import { sendMails } from "#lib/services/telling/sendMails.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { agreedGuardian } from "#tests/harness/asking/guardian.ts";
import { someOf } from "#tests/harness/extent.ts";
import { ownMailbox, type SeenMail } from "#tests/harness/mailbox.ts";
import { scene } from "#tests/harness/scene.ts";
import { harmless, quoted } from "./quoted.ts";

const START = "2026-10-20T08:00:00Z";
const { segue } = scene({ start: START });
const mailbox = ownMailbox();
beforeEach(() => void segue.clock.set(new Date(START)));

const ending = "chr(13) || chr(10) || chr(13) || chr(10)";
const evils = {
  "ends the line": `'Sam' || ${ending} || 'Pay at http://evil.example/pay now'`,
  "is markup": `'<a href="https://evil.example">Sam</a><br><script>'`,
  "is an address": `'www.evil.example/x https://evil.example'`,
  "goes on for pages": `repeat('Sam pays at www.evil.example ', 400)`,
  "ends it in other ways": `'Sam' || chr(8232) || chr(8233) || chr(11) || chr(12) || chr(133) || 'Pay'`,
  "turns the direction": `'Sam' || chr(8238) || chr(8295) || 'yaP' || chr(8236)`,
  "closes the quotation": `'Sam” is a fraud. “We' || ' write: «evil.example/pay» "now"'`,
};

let usual: SeenMail[] | null = null;

test.each(someOf(Object.entries(evils), 1))(
  "a text that %s stays a field, in every mail",
  async (_, sql) => {
    usual ??= await everyMail("'Sam'");
    const evil = await everyMail(sql);
    expect(usual.length).toBeGreaterThan(20);
    expect(frames(evil)).toEqual(frames(usual));
    for (const { text, html, raw, subject, calendar } of evil) {
      for (const shape of [text.replaceAll("\n", ""), html.replaceAll("\n", ""), subject]) {
        expect(shape).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
        expect(shape).not.toMatch(/evil\.example|:\/\/evil/);
      }
      expect(html).not.toMatch(/<script|<br><script/);
      for (const [, url] of html.matchAll(/href="([^"]*)"/g)) {
        expect(url).toMatch(/^http:\/\/localhost:3000\//);
      }
      for (const line of text.split("\n")) expect(line.length).toBeLessThan(1_000);
      expect(raw.split("\r\n\r\n")[0]).not.toMatch(/^(Bcc|Pay)/im);
      for (const { summary } of calendar?.events ?? []) {
        expect(summary).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
        expect(summary.length).toBeLessThan(500);
        expect(summary).not.toMatch(/evil\.e|s:\/\//);
      }
    }
    // In a mail about the account no name stands, because it may be somebody else's.
    const [reset] = evil.filter(({ subject }) => subject.startsWith("Set a new"));
    expect(reset?.text.split("\n")[0]).toBe("Hello,");
    expect(`${reset?.raw.split("\r\n\r\n")[0]} ${reset?.text}`).not.toMatch(/Sam\b|Pay at/);
  },
);

test.each([
  ["Ada Lovelace", "“Ada Lovelace”"],
  ["O’Neil & Söhne", "“O’Neil & Söhne”"],
  ["Unit 2.5, part 1", "“Unit 2.5, part 1”"],
  ["Reading “Faust”", "“Reading 'Faust'”"],
  ["\u200Fأدا", "“أدا”"],
  ["👩‍🏫 Chemistry", "“👩‍🏫 Chemistry”"],
  ["lone \uD800 half", "“lone half”"],
])("%s is quoted as %s", (text, expected) => {
  expect(quoted("en", text)).toBe(expected);
});

const addresses = [
  "evil.example",
  "https://evil.example/x",
  "https:/evil.example",
  "https:\\\\evil.example",
  "a@b.example",
  "user@host",
  "user＠host",
  "http://10.0.0.1",
  "10.0.0.1/x",
  "http://2130706433/",
  "http://0x7f.1",
  "http://[2001:db8::1]/",
  "[2001:db8::1]",
  "ftp://h/x",
  "//evil.example/x",
  "\\\\server\\share",
  "evil。example",
  "evil．example",
  "evil｡example",
  "evil․example",
  "evil﹒example",
  "10。0。0。1",
  "ｅｖｉｌ．ｅｘａｍｐｌｅ",
  "ⓔⓥⓘⓛ.ⓔⓧⓐⓜⓟⓛⓔ",
  "i❤.ws",
  "www.evil",
  "evil.xn--p1ai",
  "evil.москва",
  "evil.みんな",
  "evil.photography",
  "t.me/x",
  "mailto:a",
  "tel:123",
  "tel:+49301234567",
  "sms:123",
  "h323:host",
  "javascript:alert(1)",
  "file:///etc",
  "magnet:?xt=1",
  "Pay.now",
];

test.each(addresses)("%s looks like an address to nobody", (text) => {
  for (const said of [text, `Sam ${text}`, `(${text})`, `Sam,${text}, and more`]) {
    const quoting = harmless(said);
    expect(quoting.replaceAll("\u2060", "")).toBe(said);
    expect(quoting).not.toMatch(/[^\s\u2060][.。．｡․﹒][^\s\d\u2060]|\d([.。]\d+){2}/u);
    expect(quoting).not.toMatch(/[@＠](?=[^\s\u2060])|\p{L}\p{N}*:(?=[^\s\u2060])|::|\/\/|\\\\/u);
  }
});

test.each([
  "Unit 2.5, part 1",
  "Dr. Smith",
  "at 12:30",
  "3:1",
  "one / two",
  "1.5 + 2.25",
  "Ratio 16:9.",
  "Reading: Faust",
])("%s is left as it is", (text) => {
  expect(harmless(text)).toBe(text);
});

const frames = (mails: SeenMail[]) => mails.map((mail) => JSON.stringify(frame(mail))).toSorted();

/** What is left without what differs from one mail to the next: our own words and their places. */
const frame = ({ to, text, html }: SeenMail) => ({
  to: to.replace(/[0-9a-f-]{36}/, ""),
  lines: text.split("\n").length,
  first: text.split("\n")[0]?.split(" ")[0],
  tags: [...html.matchAll(/<(\w+)/g)].map(([, tag]) => tag).join(" "),
});

/** All that is mailed between two people and a guardian, whose names and subjects all are this. */
async function everyMail(sql: string): Promise<SeenMail[]> {
  segue.clock.set(new Date(START));
  const tutor = await segue.person("tutor");
  const student = await segue.person("student");
  const guardian = `guardian.${student.email}`;
  await segue.connect(tutor, "zoom");
  await sendMails(segue.ctx, mailbox.mailer);
  mailbox.empty();
  const send = () => sendMails(segue.ctx, mailbox.mailer);
  const hostile = async () => {
    await segue.rows(
      `update people set name = left(${sql}, 120) where id in ('${tutor.id}', '${student.id}')`,
    );
    await segue.rows(
      `update bookings set subject = left(${sql}, 200) where student_id = '${student.id}'`,
    );
  };
  await hostile();
  for (const person of [tutor, student]) {
    const [row] = await segue.rows(`select name from people where id = '${person.id}'`);
    person.name = String(row?.name);
  }
  await updatePreferences(segue.ctx, tutor, { remindDay: true, remindHour: true });
  await agreedGuardian(segue, student, guardian);
  const ask = async () => {
    const id = await request(tutor, student);
    await hostile();
    await send();
    return id;
  };
  await declineBooking(segue.ctx, tutor, await ask());
  await cancelBooking(segue.ctx, tutor, await ask());
  await cancelBooking(segue.ctx, student, await ask());
  await send();
  const [id = ""] = await segue.lessons(tutor, student, 1);
  await hostile();
  await send();
  await rescheduleSession(segue.ctx, tutor, id, { startsAt: "2026-10-23T10:00:00Z" });
  await send();
  segue.clock.set(new Date("2026-10-22T10:01:00Z"));
  await remindPeople(segue.ctx);
  await send();
  segue.clock.set(new Date("2026-10-23T09:01:00Z"));
  await remindPeople(segue.ctx);
  await send();
  segue.clock.set(new Date("2026-10-23T09:55:00Z"));
  await joinSession(segue.ctx, student, id);
  await segue.connect(tutor, "google_meet");
  await segue.work();
  await notifyPeople(segue.ctx, tutor.id);
  await send();
  segue.clock.set(new Date("2026-10-23T09:59:00Z"));
  await notifyPeople(segue.ctx, tutor.id);
  await send();
  await cancelSession(segue.ctx, student, id);
  await asService(segue.ctx.db, (trx) =>
    mailPasswordReset(segue.ctx, trx, student.id, "http://localhost:3000/reset-password?token=t"),
  );
  await send();
  const people = [tutor.email, student.email, guardian];
  return people.flatMap((to) => mailbox.mails(to));
}

async function request(tutor: Person, student: Person): Promise<string> {
  const asked = await requestBooking(segue.ctx, student, {
    tutorId: tutor.id,
    subject: "Mathematics",
    startsAt: "2026-11-03T10:00:00Z",
    durationMinutes: 45,
    timeZone: "Europe/Berlin",
    repeatWeekly: 1,
  });
  return asked.id;
}
