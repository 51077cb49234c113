import { beforeAll, beforeEach, expect, test } from "vitest";
import { Outbox } from "#lib/services/telling/sendMails.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { ownMailbox } from "#tests/harness/mailbox.ts";
import { scene } from "#tests/harness/scene.ts";
import { declareOutage, endOutage } from "./declareOutage.ts";
import { outageView } from "./outageViews.ts";
import { readOutage } from "./readOutage.ts";
import { tellOfOutages } from "./tellOfOutages.ts";

const { segue, tutor, student } = scene();
const box = ownMailbox();
let admin: Person;
beforeAll(async () => {
  const person = await segue.person("tutor", { name: "Ada Admin" });
  await segue.rows(`update people set role = 'admin' where id = '${person.id}'`);
  admin = { ...person, role: "admin" };
});
beforeEach(async () => {
  box.empty();
  // Each test's tutors alone.
  await segue.rows("update sessions set status = 'CANCELLED' where status <> 'CANCELLED'");
  await segue.rows("delete from private.outages");
});

const YES = { yes: "yes" };
const declare = (by: Person | null = admin, body: unknown = YES) =>
  declareOutage(segue.ctx, by, "zoom", body);
const read = () => readOutage(segue.ctx, admin, "zoom");
const send = async () => {
  const outbox = new Outbox(segue.ctx, box.mailer);
  await outbox.begin();
  await outbox.settled();
};
const subjects = (to: Person) =>
  box.mails(to.email).flatMap(({ subject }) => (/answer/.test(subject) ? [subject] : []));
const withLessons = async (count: number, inHours: number, who = student) => {
  const one = await segue.person("tutor");
  await segue.connect(one, "zoom");
  const startsAt = new Date(segue.clock().getTime() + inHours * 3_600_000);
  await segue.lessons(one, who, count, { startsAt });
  return one;
};

const LASTS = "Zoom isn’t answering: move your lessons to Google Meet";
const OVER = "Zoom answers again";

test("support sees whom it concerns and the mail before anybody is told, and others see nothing", async () => {
  const later = await withLessons(1, 20);
  const sooner = await withLessons(3, 2);
  await withLessons(1, 30);
  const moved = await withLessons(1, 3);
  await segue.connect(moved, "google_meet");
  await segue.work();
  const view = outageView.parse(await read());
  expect(view.concerned).toMatchObject({ tutors: 2, lessons: 4, students: 2 });
  expect(view.concerned.soonest.map(({ email }) => email)).toEqual([sooner.email, later.email]);
  expect(view.mail).toMatchObject({ subject: LASTS, button: "Connect Google Meet" });
  expect(view.mail?.paragraphs.join(" ")).toContain("3 of your lessons are there");
  expect(view).toMatchObject({ againFrom: null, outage: null, silentSince: null });
  await send();
  expect(box.mails().filter(({ subject }) => subject === LASTS)).toEqual([]);
  for (const person of [tutor, student]) {
    for (const verb of [declareOutage, endOutage]) {
      await expect(verb(segue.ctx, person, "zoom", YES)).rejects.toMatchObject({
        code: "not_found",
      });
    }
    await expect(readOutage(segue.ctx, person, "zoom")).rejects.toMatchObject({
      code: "not_found",
    });
  }
});

test("without a typed yes nothing is declared, and nobody can be told where nobody is concerned", async () => {
  await withLessons(1, 2);
  for (const body of [null, {}, { yes: "Yes!" }, { yes: true }]) {
    await expect(declare(admin, body)).rejects.toMatchObject({
      code: "invalid_input",
      field: "yes",
    });
  }
  await expect(declareOutage(segue.ctx, admin, "webex", YES)).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(declareOutage(segue.ctx, admin, "google_meet", YES)).rejects.toMatchObject({
    code: "wrong_state",
  });
  await expect(endOutage(segue.ctx, admin, "zoom", YES)).rejects.toMatchObject({
    code: "wrong_state",
  });
  expect((await read()).outage).toBeNull();
});

test("each tutor gets one mail with a button to the other provider, and once in six hours", async () => {
  const one = await withLessons(2, 2);
  expect((await declare(null)).outage).toMatchObject({ tutors: 1, told: 1, waiting: 0 });
  await Promise.all([tellOfOutages(segue.ctx), tellOfOutages(segue.ctx)]);
  await send();
  expect(subjects(one)).toEqual([LASTS]);
  expect(box.mails(one.email).at(-1)?.text).toContain(
    `Connect Google Meet: ${segue.ctx.config.appUrl}/tutor/video-setup?connect=google_meet`,
  );
  expect((await read()).outage?.mails).toEqual({ sent: 1, queued: 0, failed: 0 });
  const again = declare();
  await expect(again).rejects.toMatchObject({ code: "too_many", retryAfterSeconds: 6 * 3600 });
  segue.clock.advance({ hours: 6 });
  // The lessons of then are over; there are others.
  await segue.lessons(one, student, 1, {
    startsAt: new Date(segue.clock().getTime() + 3_600_000),
  });
  expect((await declare()).outage).toMatchObject({ tutors: 1, told: 1 });
  await send();
  expect(subjects(one)).toEqual([LASTS, LASTS]);
});

test("two people who declare it at once tell everybody once", async () => {
  const one = await withLessons(1, 2);
  const both = await Promise.allSettled([declare(), declare()]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  await send();
  expect(subjects(one)).toEqual([LASTS]);
});

test("whoever has moved before their turn, or before their mail leaves, gets none", async () => {
  const [first, second] = [await withLessons(1, 2), await withLessons(1, 4)];
  await declare();
  await segue.rows(`update private.outage_tutors set looked_at = null, told_at = null
    where tutor_id = '${second.id}'`);
  await segue.rows(`delete from mails where person_id = '${second.id}' and about = 'outage'`);
  for (const one of [first, second]) await segue.connect(one, "google_meet");
  await segue.work();
  await tellOfOutages(segue.ctx);
  await send();
  expect([...subjects(first), ...subjects(second)]).toEqual([]);
  const { outage } = await read();
  expect(outage).toMatchObject({ tutors: 2, waiting: 0, told: 1, moved: 2, safe: 2 });
  expect(outage?.lastSafeAt).not.toBeNull();
});

test("that it is over is told to those who were told, whether they moved or stayed", async () => {
  const [moved, stayed] = [await withLessons(1, 2), await withLessons(1, 4)];
  await declare();
  await send();
  const spared = await withLessons(1, 5);
  await segue.connect(moved, "google_meet");
  await segue.work();
  expect((await endOutage(segue.ctx, admin, "zoom", YES)).outage).toMatchObject({ toldOver: 2 });
  await tellOfOutages(segue.ctx);
  await send();
  expect([subjects(moved), subjects(stayed), subjects(spared)]).toEqual([
    [LASTS, OVER],
    [LASTS, OVER],
    [],
  ]);
  expect(box.mails(moved.email).at(-1)?.text).toContain("are with Google Meet now and stay there");
  expect(box.mails(stayed.email).at(-1)?.text).toContain("stayed with Zoom");
});

test("a mail that it lasts doesn't leave after it is over", async () => {
  const one = await withLessons(1, 2);
  await declare();
  await endOutage(segue.ctx, admin, "zoom", YES);
  await send();
  expect(subjects(one)).toEqual([OVER]);
});

test("one tutor whose mail can't be written keeps it from nobody else", async () => {
  const [first, second] = [await withLessons(1, 2), await withLessons(1, 4)];
  await segue.rows(`delete from private.addresses where person_id = '${first.id}'`);
  await declare();
  await send();
  expect(subjects(second)).toEqual([LASTS]);
});
