import { expect, test } from "vitest";
import { addLessons } from "#lib/services/bookings/addLessons.ts";
import { enterDoor } from "#lib/services/doors/enterDoor.ts";
import { readDoor } from "#lib/services/doors/readDoor.ts";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { listSessions } from "#lib/services/sessions/listSessions.ts";
import { doorsIn, mia, newAddress, unsigned, weekly } from "#tests/harness/asking/unsigned.ts";
import { ownMailbox } from "#tests/harness/mailbox.ts";
import { refusal, scene } from "#tests/harness/scene.ts";
import { addStudent } from "./addStudent.ts";
import { changeStudent, removeStudent } from "./changeStudent.ts";
import { getStudent, listStudents } from "./listStudents.ts";

const { segue, tutor, student } = scene({ tutor: { name: "Tara" } });
const { at, lessonsFor, linksTo, mailsTo, say, tokenOf, withLessons } = unsigned(
  segue,
  ownMailbox(),
);

test("a student without an account comes in by the link that the tutor hands over", async () => {
  await segue.connect(tutor, "zoom");
  const { first } = await withLessons(tutor);
  const token = await tokenOf(tutor, first);
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
  const { id, sessionIds } = await withLessons(tutor, { email }, 24, 3);
  const asked = await mailsTo(email);
  expect(asked.map(({ subject }) => subject)).toEqual([
    "May “Tara” send you the links to your lessons?",
  ]);
  expect(asked[0]?.text).not.toContain("/j/");
  expect(asked[0]?.text).not.toMatch(/Mia|Algebra/);
  expect((await getStudent(segue.ctx, tutor, id)).address?.standing.state).toBe("asked");
  await say(email);
  expect((await getStudent(segue.ctx, tutor, id)).address?.standing.state).toBe("agreed");
  const links = doorsIn((await mailsTo(email)).at(-1)?.text);
  for (const sessionId of sessionIds) expect(links).toContain(await tokenOf(tutor, sessionId));
});

test("saying yes twice brings the links once", async () => {
  const email = newAddress();
  await withLessons(tutor, { email });
  await say(email);
  await say(email);
  expect(await linksTo(email)).toHaveLength(1);
});

test("a parent of two answers once", async () => {
  const guardianEmail = newAddress();
  const first = await withLessons(tutor, { guardianEmail });
  await say(guardianEmail);
  const { id } = await addStudent(segue.ctx, tutor, { ...mia, name: "Mo", guardianEmail });
  expect(await mailsTo(guardianEmail)).toHaveLength(2);
  for (const one of [first.id, id]) {
    expect((await getStudent(segue.ctx, tutor, one)).guardian?.standing.state).toBe("agreed");
  }
});

test("an address that agreed already has the links at once, and no second question", async () => {
  const guardianEmail = newAddress();
  await withLessons(tutor, { guardianEmail });
  await say(guardianEmail);
  const { id } = await withLessons(tutor, { name: "Mo" }, 30, 3);
  const before = (await mailsTo(guardianEmail)).length;
  await changeStudent(segue.ctx, tutor, id, { guardianEmail });
  const [links, ...others] = (await mailsTo(guardianEmail)).slice(before);
  expect(others).toEqual([]);
  expect(doorsIn(links?.text)).toHaveLength(3);
});

test("lessons without a connection wait for it, and a first connection is no switch", async () => {
  const { first } = await withLessons(tutor);
  const token = await tokenOf(tutor, first);
  expect(await readDoor(segue.ctx, token)).toMatchObject({ linkState: "waiting" });
  await segue.connect(tutor, "google_meet");
  await segue.work();
  expect(await readDoor(segue.ctx, token)).toMatchObject({ linkState: "ready" });
  expect(await segue.rows(`select id from migrations where tutor_id = '${tutor.id}'`)).toEqual([]);
});

test("lessons that meet another lesson are refused with the one that they meet", async () => {
  const { id } = await withLessons(tutor);
  const again = addLessons(segue.ctx, tutor, id, { ...weekly, startsAt: at(24) });
  await expect(again).rejects.toMatchObject({ code: "overlap", values: { at: at(24) } });
});

test("another address ends what the former one got, and is asked", async () => {
  const [former, email] = [newAddress(), newAddress()];
  await segue.connect(tutor, "zoom");
  const { id, first } = await withLessons(tutor, { email: former });
  await say(former);
  const old = await tokenOf(tutor, first);
  const changed = await changeStudent(segue.ctx, tutor, id, { email });
  expect(await readDoor(segue.ctx, old)).toMatchObject({ hasEnded: true });
  expect(await getStudent(segue.ctx, tutor, changed.id)).toMatchObject({
    lessonsAhead: 1,
    address: { email, standing: { state: "asked" } },
  });
  const before = (await mailsTo(former)).length;
  await segue.later({ hours: 23, minutes: 10 });
  expect(await mailsTo(former)).toHaveLength(before);
});

test("a typing mistake in an address that nobody answered ends no link that was handed over", async () => {
  const { id, first } = await withLessons(tutor, { email: newAddress() });
  const handedOver = await tokenOf(tutor, first);
  await changeStudent(segue.ctx, tutor, id, { email: newAddress() });
  expect(await readDoor(segue.ctx, handedOver)).toMatchObject({ hasEnded: false });
});

test("a yes to the question that came counts, though the address was corrected and put back", async () => {
  const [email, wrong] = [newAddress(), newAddress()];
  const { id } = await withLessons(tutor, { email });
  await mailsTo(email);
  await changeStudent(segue.ctx, tutor, id, { email: wrong });
  await changeStudent(segue.ctx, tutor, id, { email });
  await say(email);
  expect((await getStudent(segue.ctx, tutor, id)).address?.standing.state).toBe("agreed");
});

test("a student with lessons ahead stays on the list; afterwards the name stays with old lessons", async () => {
  const { id } = await withLessons(tutor);
  for (const written of [id, id.toUpperCase()]) {
    expect((await refusal(removeStudent(segue.ctx, tutor, written))).code).toBe("wrong_state");
  }
  await segue.later({ days: 20 });
  await removeStudent(segue.ctx, tutor, id);
  expect((await listStudents(segue.ctx, tutor)).items).toEqual([]);
  expect((await listSessions(segue.ctx, tutor)).items[0]?.student.name).toBe("Mia");
  const unknown = await addStudent(segue.ctx, tutor, mia);
  await removeStudent(segue.ctx, tutor, unknown.id);
  expect(await segue.rows(`select id from people where id = '${unknown.id}'`)).toEqual([]);
});

test("whoever has a lesson again is on the list again", async () => {
  const { id, first } = await withLessons(tutor);
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1, { startsAt: new Date(at(60)) });
  await changeStudent(segue.ctx, tutor, student.id, { note: "x" });
  await cancelSession(segue.ctx, tutor, first);
  await removeStudent(segue.ctx, tutor, id);
  await segue.later({ days: 3 });
  await removeStudent(segue.ctx, tutor, student.id);
  await lessonsFor(tutor, id, 30);
  await segue.lessons(tutor, student, 1);
  const listed = (await listStudents(segue.ctx, tutor)).items;
  expect(listed.map((one) => [one.id, one.lessonsAhead]).sort()).toEqual(
    [
      [id, 1],
      [student.id, 1],
    ].sort(),
  );
});

test.each([
  ["name", { name: "" }],
  ["timeZone", { timeZone: "Nowhere" }],
  ["timeZone", { timeZone: "europe/berlin" }],
  ["timeZone", { timeZone: "+05:30" }],
  ["email", { email: "no address" }],
  ["guardianEmail", { email: "a@people.example", guardianEmail: "a@people.example" }],
])("what is wrong is named: %s", async (field, part) => {
  const wrong = addStudent(segue.ctx, tutor, { ...mia, ...part });
  await expect(wrong).rejects.toMatchObject({ code: "invalid_input", field });
  const { id } = await addStudent(segue.ctx, tutor, mia);
  const change = changeStudent(segue.ctx, tutor, id, part);
  await expect(change).rejects.toMatchObject({ code: "invalid_input", field });
});
