/** Somebody whom tutors wrote down has an account, or makes one. */
import { expect, test } from "vitest";
import { transaction } from "#lib/platform/db.ts";
import { deletePerson, mayVanish } from "#lib/records/people/queries/whole.ts";
import { readDoor } from "#lib/services/doors/readDoor.ts";
import { afterReset } from "#lib/services/people/resetByMail.ts";
import { confirmByHand } from "#lib/services/people/unconfirmed.ts";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { listSessions } from "#lib/services/sessions/listSessions.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { remindPeople } from "#lib/services/telling/remindPeople.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { doorsIn, mia, newAddress, unsigned } from "#tests/harness/asking/unsigned.ts";
import { ownMailbox } from "#tests/harness/mailbox.ts";
import { scene } from "#tests/harness/scene.ts";
import { addStudent } from "./addStudent.ts";
import { changeStudent, removeStudent } from "./changeStudent.ts";
import { getStudent, listStudents, presentId } from "./listStudents.ts";

const { segue, tutor } = scene({ tutor: { name: "Tara" } });
const { at, lessonsFor, linksTo, mailsTo, say, tokenOf, withLessons } = unsigned(
  segue,
  ownMailbox(),
);

const lessonsOf = async (account: Person) =>
  (await listSessions(segue.ctx, account)).items.map(({ id }) => id);

async function signUp(email: string, who: object = {}): Promise<Person> {
  const account = await segue.person("student", { email, isConfirmed: false, ...who });
  await confirmByHand(segue.ctx, email);
  return account;
}

test("whoever signs up with a student's address has their lessons once it is confirmed, and not before", async () => {
  const email = newAddress();
  await segue.connect(tutor, "zoom");
  const { first, id, sessionIds } = await withLessons(tutor, { email }, 24, 3);
  const other = await segue.person("tutor");
  const elsewhere = await withLessons(other, { email }, 24, 3);
  const token = await tokenOf(tutor, first);
  const account = await segue.person("student", { email, isConfirmed: false });
  expect(await lessonsOf(account)).toEqual([]);
  await confirmByHand(segue.ctx, email);
  await confirmByHand(segue.ctx, email);
  const own = await lessonsOf(account);
  expect(own).toHaveLength(6);
  expect(own).toEqual(expect.arrayContaining([...sessionIds, ...elsewhere.sessionIds]));
  expect(await readDoor(segue.ctx, token)).toMatchObject({ hasEnded: false });
  expect(await segue.rows(`select id from people where id = '${id}'`)).toEqual([]);
  expect((await listStudents(segue.ctx, tutor)).items).toMatchObject([
    { id: account.id, name: "Mia", hasAccount: true, address: null },
  ]);
});

test("an address that is confirmed by a new password has its lessons, too", async () => {
  const email = newAddress();
  const { sessionIds } = await withLessons(tutor, { email });
  const account = await segue.person("student", { email, isConfirmed: false });
  await afterReset(segue.ctx, { id: account.id, email });
  expect(await lessonsOf(account)).toEqual(sessionIds);
});

test("an address whose owner has an account stands in it after a yes to this tutor, and is sent the links", async () => {
  const account = await segue.person("student");
  const { id } = await withLessons(tutor, { email: account.email }, 24, 3);
  expect(id).not.toBe(account.id);
  expect(await lessonsOf(account)).toEqual([]);
  expect(await getStudent(segue.ctx, tutor, id)).toMatchObject({ hasAccount: false });
  await say(account.email);
  expect(await lessonsOf(account)).toHaveLength(3);
  expect(await linksTo(account.email)).toHaveLength(1);
  // A page that is open under the former id leads on.
  expect(await presentId(segue.ctx, tutor, id)).toBe(account.id);
  expect(await presentId(segue.ctx, await segue.person("tutor"), id)).toBeNull();
});

test("an address that agreed as a guardian's, and is then given as a student's, stands in its account", async () => {
  const account = await segue.person("student");
  await withLessons(tutor, { guardianEmail: account.email });
  await say(account.email);
  const { sessionIds } = await withLessons(tutor, { name: "Mo", email: account.email }, 30);
  expect(await lessonsOf(account)).toEqual(sessionIds);
});

const asShown = async (of: Person) => {
  const [one] = (await listStudents(segue.ctx, of)).items;
  return { id: one?.id, hasAccount: one?.hasAccount, timeZone: one?.timeZone };
};
const unknownTo = (id: string) => ({ id, hasAccount: false, timeZone: mia.timeZone });

test("after “no, never” a tutor neither has nor mails whoever signs up with the address", async () => {
  const email = newAddress();
  const { id } = await addStudent(segue.ctx, tutor, { ...mia, email });
  await say(email, "never");
  const account = await signUp(email, { timeZone: "Asia/Tokyo" });
  const before = (await mailsTo(email)).length;
  expect(await asShown(tutor)).toEqual(unknownTo(id));
  await lessonsFor(tutor, id);
  expect(await mailsTo(email)).toHaveLength(before);
  expect(await lessonsOf(account)).toEqual([]);
});

test("a yes to one tutor isn't one to another", async () => {
  const account = await segue.person("student", { timeZone: "Asia/Tokyo" });
  const other = await segue.person("tutor");
  await addStudent(segue.ctx, tutor, { ...mia, email: account.email });
  const theirs = await addStudent(segue.ctx, other, { ...mia, email: account.email });
  await say(account.email);
  const before = (await mailsTo(account.email)).length;
  await lessonsFor(other, theirs.id);
  expect(await asShown(other)).toEqual(unknownTo(theirs.id));
  expect(await mailsTo(account.email)).toHaveLength(before);
});

/** Mails that wait while their reader makes an account. */
const waiting: Record<string, (first: string) => Promise<unknown>> = {
  "a new time": (first) => rescheduleSession(segue.ctx, tutor, first, { startsAt: at(48) }),
  "a cancellation": (first) => cancelSession(segue.ctx, tutor, first),
  "a reminder": async () => {
    await segue.later({ hours: 3 });
    await remindPeople(segue.ctx);
  },
};
for (const [what, happens] of Object.entries(waiting)) {
  test(`${what} that waits while the address makes an account is sent`, async () => {
    const email = newAddress();
    const { first } = await withLessons(tutor, { email }, 26);
    await say(email);
    const before = (await mailsTo(email)).length;
    await happens(first);
    await signUp(email);
    expect((await mailsTo(email)).length - before).toBe(1);
  });
}

test("a student who was taken off the list and says yes again is on it", async () => {
  const account = await segue.person("student");
  await withLessons(tutor, { email: account.email });
  await say(account.email);
  await segue.later({ days: 3 });
  await removeStudent(segue.ctx, tutor, account.id);
  await withLessons(tutor, { email: account.email });
  await say(account.email);
  expect(await lessonsOf(account)).toHaveLength(2);
  expect((await listStudents(segue.ctx, tutor)).items).toMatchObject([
    { id: account.id, lessonsAhead: 1 },
  ]);
});

test("of two guardians the one who was given last is told, and the other's links end", async () => {
  const account = await segue.person("student");
  const [old, given] = [newAddress(), newAddress()];
  await segue.connect(tutor, "zoom");
  const [lesson = ""] = await segue.lessons(tutor, account, 1, { startsAt: new Date(at(60)) });
  await changeStudent(segue.ctx, tutor, account.id, { guardianEmail: old });
  await say(old);
  const { first } = await withLessons(tutor, { email: account.email, guardianEmail: given });
  await say(given);
  const [former = ""] = doorsIn((await linksTo(old)).at(-1)?.text);
  const counts = async () => [(await mailsTo(given)).length, (await mailsTo(old)).length];
  const before = await counts();
  await say(account.email);
  await rescheduleSession(segue.ctx, tutor, first, { startsAt: at(50) });
  const after = await counts();
  // Their new links, and the new time.
  expect(after.map((count, i) => count - (before[i] ?? 0))).toEqual([2, 0]);
  expect(await readDoor(segue.ctx, former)).toMatchObject({ hasEnded: true });
  const links = doorsIn((await linksTo(given)).map(({ text }) => text).join());
  const open = [];
  for (const token of links) open.push(await readDoor(segue.ctx, token));
  expect(open.filter(({ hasEnded }) => !hasEnded)).not.toEqual([]);
  expect(lesson).not.toBe("");
});

test("of two guardians the one who has agreed stays, though another was given since", async () => {
  const account = await segue.person("student");
  const [agreed, silent] = [newAddress(), newAddress()];
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, account, 1, { startsAt: new Date(at(60)) });
  await changeStudent(segue.ctx, tutor, account.id, { guardianEmail: agreed });
  await say(agreed);
  await segue.later({ hours: 1 });
  await withLessons(tutor, { email: account.email, guardianEmail: silent });
  await say(account.email);
  expect(await getStudent(segue.ctx, tutor, account.id)).toMatchObject({
    guardian: { email: agreed, standing: { state: "agreed" } },
  });
});

test("what a tutor wrote down stays when a student with an account deletes it, and nothing goes there", async () => {
  const account = await segue.person("student");
  const guardianEmail = newAddress();
  await addStudent(segue.ctx, tutor, { ...mia, email: account.email, guardianEmail });
  await say(account.email);
  await transaction(segue.ctx.db, async (trx) => {
    if (await mayVanish(trx, account.id)) await deletePerson(trx, account.id);
  });
  expect((await listStudents(segue.ctx, tutor)).items).toMatchObject([
    {
      name: mia.name,
      note: mia.note,
      hasAccount: false,
      address: null,
      guardian: { email: guardianEmail },
    },
  ]);
});

test("an address that no student of the tutor's shows can be given", async () => {
  const account = await segue.person("student");
  const { email } = account;
  await addStudent(segue.ctx, tutor, { ...mia, email });
  await say(email);
  await segue.rows(
    `update private.addresses set email = '${newAddress()}' where person_id = '${account.id}'`,
  );
  await addStudent(segue.ctx, tutor, { ...mia, name: "Mo", email });
  expect((await listStudents(segue.ctx, tutor)).items).toHaveLength(2);
});
