import { beforeEach, expect, test } from "vitest";
import { addDays } from "#lib/platform/clock.ts";
import type { Mailer } from "#lib/platform/mail/mailer.ts";
import { MailError, type MailTrouble } from "#lib/platform/mail/mailTrouble.ts";
import { requestBooking } from "#lib/services/bookings/requestBooking.ts";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { scene } from "#tests/harness/scene.ts";
import { refusedAddress } from "./refusedAddress.ts";
import { Outbox, sendMails } from "./sendMails.ts";

const { segue, tutor, student } = scene({ tutor: { name: "Tara" }, student: { name: "Dev" } });
beforeEach(async () => {
  troubles.clear();
  await segue.connect(tutor, "zoom");
  await send();
  delivered.splice(0);
});

test("one recipient's slow server holds up nobody, and is asked once", async () => {
  const held = hold(student.email);
  const other = await segue.person("student", { email: "other@elsewhere.example" });
  await segue.book(tutor, student, { startsAt: startsAt(1), asked: send });
  const outbox = new Outbox(segue.ctx, mailer);
  await outbox.begin();
  await segue.book(tutor, other, { startsAt: startsAt(2) });
  await outbox.begin();
  await segue.book(tutor, other, { startsAt: startsAt(3) });
  await outbox.begin();
  await untilDelivered(other.email, 2);
  expect(to(student.email)).toEqual([]);
  // Another worker doesn't take what this one is about to send.
  expect(await sendMails(segue.ctx, mailer)).toBe(0);
  held();
  await outbox.settled();
  expect(to(student.email)).toHaveLength(1);
});

test("a server that is slow for all of its recipients leaves places for others", async () => {
  const slow = await Promise.all(
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => segue.person("tutor", { email: `t${n}@slow.example` })),
  );
  const ends = slow.map(({ email }) => hold(email));
  for (const person of slow) await ask(person);
  await ask(tutor);
  const outbox = new Outbox(segue.ctx, mailer);
  await outbox.begin();
  await untilDelivered(tutor.email, 1);
  for (const end of ends) end();
  await outbox.settled();
  for (const { email } of slow) expect(to(email)).toHaveLength(1);
});

test("a mail server that is away for a long weekend loses no mail, and one mail that gets through hurries the rest", async () => {
  troubles.set("", "away");
  const inFiveDays = addDays(segue.clock(), 9);
  await ask(tutor, inFiveDays);
  for (let hours = 0; hours < 24 * 4 + 20; hours++) {
    segue.clock.advance({ hours: 1 });
    await send();
  }
  expect(await waiting()).toEqual([["queued", "away"]]);
  troubles.clear();
  const other = await segue.person("tutor");
  await ask(other, inFiveDays);
  await segue.rows(`update mails set next_attempt_at = '${segue.clock().toISOString()}', error_code = 'away'
    where id in (select mail_id from private.mail_texts where to_email = '${other.email}') returning 1`);
  await send();
  expect(to(tutor.email)).toHaveLength(1);
});

test("after five days a mail is given up", async () => {
  troubles.set("", "away");
  await ask(tutor, addDays(segue.clock(), 9));
  for (let hours = 0; hours < 24 * 5 + 2; hours += 2) {
    segue.clock.advance({ hours: 2 });
    await send();
  }
  expect(await waiting()).toEqual([["failed", "away"]]);
});

test("what is put off by greylisting goes within minutes", async () => {
  troubles.set("", "later");
  await ask(tutor);
  await send();
  troubles.clear();
  segue.clock.advance({ minutes: 5 });
  await send();
  expect(to(tutor.email)).toHaveLength(1);
});

test("an address that is refused for good isn't tried again, and the tutor is told once", async () => {
  troubles.set(student.email, "address");
  const [id = ""] = await segue.book(tutor, student, { startsAt: startsAt(1), repeatWeekly: 2 });
  await send();
  await send();
  expect(await waiting(student)).toEqual([["failed", "address"]]);
  expect(to(tutor.email)).toEqual(["Emails to “Dev” don’t arrive"]);
  await cancelSession(segue.ctx, tutor, id);
  await send();
  expect(to(tutor.email)).toHaveLength(1);
  expect(await segue.rows("select email from private.refused_addresses")).toEqual([
    { email: student.email },
  ]);
  expect(await refusedAddress(segue.ctx, student)).toEqual(expect.any(String));
  expect(await refusedAddress(segue.ctx, tutor)).toBeNull();
});

test("an address that takes mail again counts as good", async () => {
  troubles.set(student.email, "address");
  const [id = ""] = await segue.book(tutor, student, { startsAt: startsAt(1) });
  await send();
  troubles.clear();
  await cancelSession(segue.ctx, tutor, id);
  await send();
  const refused = await segue.rows("select email from private.refused_addresses");
  expect(refused).not.toContainEqual({ email: student.email });
});

test("a mail whose attempt somebody else has taken over isn't recorded by the one before", async () => {
  const held = hold(tutor.email);
  await ask(tutor);
  const outbox = new Outbox(segue.ctx, mailer);
  await outbox.begin();
  troubles.set(tutor.email, "later");
  segue.clock.advance({ hours: 1 });
  await send();
  held();
  await outbox.settled();
  expect(await waiting()).toEqual([["queued", "later"]]);
});

const startsAt = (days: number) => addDays(segue.clock(), days);

const delivered: { to: string; subject: string }[] = [];
/** By address; the empty one stands for all. */
const troubles = new Map<string, MailTrouble>();
const holds = new Map<string, Promise<void>>();
let onDelivery: () => void = () => undefined;

const mailer: Mailer = {
  send: async ({ to: { address }, subject }) => {
    const trouble = troubles.get(address) ?? troubles.get("");
    if (trouble) throw new MailError("The server said so", { trouble });
    await holds.get(address);
    delivered.push({ to: address, subject });
    onDelivery();
  },
  close: () => undefined,
};

/** @returns what lets mails to this address go on */
function hold(address: string): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  holds.set(address, promise);
  return () => {
    holds.delete(address);
    resolve();
  };
}

const to = (address: string) =>
  delivered.filter((mail) => mail.to === address).map(({ subject }) => subject);

const untilDelivered = (address: string, count: number) =>
  new Promise<void>((resolve) => {
    onDelivery = () => {
      if (to(address).length >= count) resolve();
    };
    onDelivery();
  });

const send = () => sendMails(segue.ctx, mailer);

const ask = (of: Person, at = startsAt(2)) =>
  requestBooking(segue.ctx, student, {
    tutorId: of.id,
    subject: "Physics",
    startsAt: at.toISOString(),
    durationMinutes: 45,
    timeZone: "Europe/Berlin",
    repeatWeekly: 1,
  });

const waiting = async (of: Person = tutor) =>
  (
    await segue.rows(`select status, error_code from mails join private.mail_texts on mail_id = id
      where to_email = '${of.email}' and status <> 'sent' order by created_at`)
  ).map(({ status, error_code }) => [status, error_code]);
