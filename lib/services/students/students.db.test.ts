import { expect, test } from "vitest";
import { addLessons } from "#lib/services/bookings/addLessons.ts";
import { enterDoor } from "#lib/services/doors/enterDoor.ts";
import { linkToHandOver } from "#lib/services/doors/linkToHandOver.ts";
import { readDoor } from "#lib/services/doors/readDoor.ts";
import { confirmByHand } from "#lib/services/people/unconfirmed.ts";
import { listSessions } from "#lib/services/sessions/listSessions.ts";
import { sendMails } from "#lib/services/telling/sendMails.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { tokenIn } from "#tests/harness/asking/guardian.ts";
import { ownMailbox } from "#tests/harness/mailbox.ts";
import { refusal, scene } from "#tests/harness/scene.ts";
import { addStudent } from "./addStudent.ts";
import { answerAsk } from "./answer.ts";
import { changeStudent, removeStudent } from "./changeStudent.ts";
import { getStudent, listStudents } from "./listStudents.ts";

const { segue, tutor } = scene({ tutor: { name: "Tara" } });
const mailbox = ownMailbox();

const mia = { name: "Mia", timeZone: "America/Vancouver", note: "Fractions\nnext" };
const weekly = {
  subject: "Algebra",
  durationMinutes: 60,
  timeZone: "Europe/Berlin",
  repeatWeekly: 3,
};

const tomorrow = () => new Date(segue.clock().getTime() + 24 * 3_600_000).toISOString();

let addresses = 0;
const newAddress = () => `student${++addresses}@people.example`;

/** A student with lessons, of this tutor. */
async function withLessons(of: Person, given: object = {}) {
  const { id } = await addStudent(segue.ctx, of, { ...mia, ...given });
  const wish = { ...weekly, startsAt: tomorrow() };
  const { sessionIds } = await addLessons(segue.ctx, of, id, wish);
  await segue.work();
  return { id, sessionIds, first: sessionIds[0] ?? "" };
}

const tokenOf = async (sessionId: string, of = tutor) =>
  /\/j\/(\w+)$/.exec((await linkToHandOver(segue.ctx, of, sessionId)).url)?.[1] ?? "";

async function mailsTo(email: string) {
  await sendMails(segue.ctx, mailbox.mailer);
  return mailbox.mails(email);
}

async function sayYes(email: string) {
  const [question] = await mailsTo(email);
  await answerAsk(segue.ctx, tokenIn(question?.text ?? ""), { answer: "yes" });
}

test("a student without an account comes in by the link that the tutor hands over", async () => {
  await segue.connect(tutor, "zoom");
  const { first } = await withLessons(tutor);
  const token = await tokenOf(first);
  expect(await readDoor(segue.ctx, token)).toMatchObject({
    subject: "Algebra",
    tutorName: "Tara",
    timeZone: "America/Vancouver",
    linkState: "ready",
  });
  await segue.later({ hours: 23, minutes: 50 });
  expect((await enterDoor(segue.ctx, token)).url).toMatch(/\/zoom\//);
});

test("an address gets one question, and after a yes its links at once; nothing before", async () => {
  const email = newAddress();
  await segue.connect(tutor, "zoom");
  const { id, sessionIds } = await withLessons(tutor, { email });
  const asked = await mailsTo(email);
  expect(asked.map(({ subject }) => subject)).toEqual([
    "May “Tara” send you the links to your lessons?",
  ]);
  expect(asked[0]?.text).not.toContain("/j/");
  expect(asked[0]?.text).not.toMatch(/Mia|Algebra/);
  expect((await getStudent(segue.ctx, tutor, id)).address?.standing.state).toBe("asked");
  await sayYes(email);
  expect((await getStudent(segue.ctx, tutor, id)).address?.standing.state).toBe("agreed");
  const links = (await mailsTo(email)).at(-1)?.text ?? "";
  for (const sessionId of sessionIds) expect(links).toContain(await tokenOf(sessionId));
});

test("a parent of two answers once", async () => {
  const guardianEmail = newAddress();
  const first = await withLessons(tutor, { guardianEmail });
  await sayYes(guardianEmail);
  const { id } = await addStudent(segue.ctx, tutor, { ...mia, name: "Mo", guardianEmail });
  expect(await mailsTo(guardianEmail)).toHaveLength(2);
  for (const one of [first.id, id]) {
    expect((await getStudent(segue.ctx, tutor, one)).guardian?.standing.state).toBe("agreed");
  }
});

test("an address that agreed already has the links at once, and no second question", async () => {
  const guardianEmail = newAddress();
  await withLessons(tutor, { guardianEmail });
  await sayYes(guardianEmail);
  const { id } = await addStudent(segue.ctx, tutor, { ...mia, name: "Mo" });
  const startsAt = new Date(segue.clock().getTime() + 30 * 3_600_000).toISOString();
  await addLessons(segue.ctx, tutor, id, { ...weekly, startsAt });
  const before = (await mailsTo(guardianEmail)).length;
  await changeStudent(segue.ctx, tutor, id, { guardianEmail });
  const [links, ...others] = (await mailsTo(guardianEmail)).slice(before);
  expect(others).toEqual([]);
  expect(links?.text.match(/\/j\//g)).toHaveLength(3);
});

test("lessons without a connection wait for it, and a first connection is no switch", async () => {
  const { first } = await withLessons(tutor);
  expect(await readDoor(segue.ctx, await tokenOf(first))).toMatchObject({ linkState: "waiting" });
  await segue.connect(tutor, "google_meet");
  await segue.work();
  expect(await readDoor(segue.ctx, await tokenOf(first))).toMatchObject({ linkState: "ready" });
  expect(await segue.rows(`select id from migrations where tutor_id = '${tutor.id}'`)).toEqual([]);
});

test("lessons that meet another lesson are refused with the one that they meet", async () => {
  const { id } = await withLessons(tutor);
  const again = addLessons(segue.ctx, tutor, id, { ...weekly, startsAt: tomorrow() });
  await expect(again).rejects.toMatchObject({ code: "overlap", values: { at: tomorrow() } });
});

test("what a tutor writes down no other tutor reads, though both mean the same person", async () => {
  const email = newAddress();
  const other = await segue.person("tutor");
  const one = await addStudent(segue.ctx, tutor, { ...mia, email });
  const same = await addStudent(segue.ctx, other, { name: "M.", timeZone: "UTC", email });
  expect(same.id).toBe(one.id);
  expect(await listStudents(segue.ctx, other)).toMatchObject({
    items: [{ name: "M.", timeZone: "UTC", note: null }],
  });
  expect(await getStudent(segue.ctx, tutor, one.id)).toMatchObject({ name: "Mia" });
  const third = await segue.person("tutor");
  expect((await refusal(getStudent(segue.ctx, third, one.id))).code).toBe("not_found");
  const wish = { ...weekly, startsAt: tomorrow() };
  expect((await refusal(addLessons(segue.ctx, third, one.id, wish))).code).toBe("not_found");
});

test("whoever signs up with a student's address has their lessons once it is confirmed, and not before", async () => {
  const email = newAddress();
  await segue.connect(tutor, "zoom");
  const { first, id, sessionIds } = await withLessons(tutor, { email });
  const other = await segue.person("tutor");
  const elsewhere = await withLessons(other, { email });
  const token = await tokenOf(first);
  const account = await segue.person("student", { email, isConfirmed: false });
  expect((await listSessions(segue.ctx, account)).items).toEqual([]);
  await confirmByHand(segue.ctx, email);
  await confirmByHand(segue.ctx, email);
  const own = (await listSessions(segue.ctx, account)).items.map((lesson) => lesson.id);
  expect(own).toHaveLength(6);
  expect(own).toEqual(expect.arrayContaining([...sessionIds, ...elsewhere.sessionIds]));
  expect(await readDoor(segue.ctx, token)).toMatchObject({ hasEnded: false });
  expect(await segue.rows(`select id from people where id = '${id}'`)).toEqual([]);
  expect((await listStudents(segue.ctx, tutor)).items).toMatchObject([
    { id: account.id, name: "Mia", hasAccount: true, address: null },
  ]);
});

test("an address whose owner has an account stands in it after a yes to this tutor", async () => {
  const account = await segue.person("student");
  const { id } = await withLessons(tutor, { email: account.email });
  expect(id).not.toBe(account.id);
  expect((await listSessions(segue.ctx, account)).items).toEqual([]);
  expect(await getStudent(segue.ctx, tutor, id)).toMatchObject({ hasAccount: false });
  await sayYes(account.email);
  expect((await listSessions(segue.ctx, account)).items).toHaveLength(3);
});

test("another address ends what the former one got", async () => {
  const [former, email] = [newAddress(), newAddress()];
  await segue.connect(tutor, "zoom");
  const { id, first } = await withLessons(tutor, { email: former });
  await sayYes(former);
  const old = await tokenOf(first);
  const changed = await changeStudent(segue.ctx, tutor, id, { email });
  expect(await readDoor(segue.ctx, old)).toMatchObject({ hasEnded: true });
  expect(await getStudent(segue.ctx, tutor, changed.id)).toMatchObject({
    lessonsAhead: 3,
    address: { email, standing: { state: "asked" } },
  });
  const before = (await mailsTo(former)).length;
  await segue.later({ hours: 23, minutes: 10 });
  expect(await mailsTo(former)).toHaveLength(before);
});

test("a student with lessons ahead stays on the list; afterwards the name stays with old lessons", async () => {
  const { id } = await withLessons(tutor);
  expect((await refusal(removeStudent(segue.ctx, tutor, id))).code).toBe("wrong_state");
  await segue.later({ days: 20 });
  await removeStudent(segue.ctx, tutor, id);
  expect((await listStudents(segue.ctx, tutor)).items).toEqual([]);
  expect((await listSessions(segue.ctx, tutor)).items[0]?.student.name).toBe("Mia");
  const unknown = await addStudent(segue.ctx, tutor, mia);
  await removeStudent(segue.ctx, tutor, unknown.id);
  expect(await segue.rows(`select id from people where id = '${unknown.id}'`)).toEqual([]);
});

test.each([
  ["name", { name: "" }],
  ["timeZone", { timeZone: "Nowhere" }],
  ["email", { email: "no address" }],
  ["guardianEmail", { email: "a@people.example", guardianEmail: "a@people.example" }],
])("what is wrong is named: %s", async (field, part) => {
  const wrong = addStudent(segue.ctx, tutor, { ...mia, ...part });
  await expect(wrong).rejects.toMatchObject({ code: "invalid_input", field });
});
