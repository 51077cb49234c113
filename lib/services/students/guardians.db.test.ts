/** Addresses that stand for several students, or were given by several people. */
import { expect, test } from "vitest";
import { takeNeverBack } from "#lib/services/asking/ownNever.ts";
import { endMyLinks } from "#lib/services/doors/endMyLinks.ts";
import { readDoor } from "#lib/services/doors/readDoor.ts";
import { sendNewLink } from "#lib/services/doors/sendLink.ts";
import { updatePreferences } from "#lib/services/telling/preferences.ts";
import { doorsIn, mia, newAddress, unsigned } from "#tests/harness/asking/unsigned.ts";
import { ownMailbox } from "#tests/harness/mailbox.ts";
import { refusal, scene } from "#tests/harness/scene.ts";
import { addStudent } from "./addStudent.ts";
import { answerAsk } from "./answer.ts";
import { askStudentAgain, changeStudent, removeStudent } from "./changeStudent.ts";
import { getStudent } from "./listStudents.ts";

const { segue, tutor, student } = scene({ tutor: { name: "Tara" }, student: { name: "Samuel" } });
const { at, linksTo, mailsTo, questionTo, say, withLessons } = unsigned(segue, ownMailbox());

test("a parent of two answers the question that was mailed, though the first child was taken off", async () => {
  const guardianEmail = newAddress();
  const one = await addStudent(segue.ctx, tutor, { ...mia, guardianEmail });
  const two = await withLessons(tutor, { name: "Mo", guardianEmail });
  const token = await questionTo(guardianEmail);
  await removeStudent(segue.ctx, tutor, one.id);
  expect(await answerAsk(segue.ctx, token, { answer: "yes" })).toMatchObject({ holds: "yes" });
  expect(await linksTo(guardianEmail)).toHaveLength(1);
  expect((await getStudent(segue.ctx, tutor, two.id)).guardian?.standing.state).toBe("agreed");
});

test("a parent of two is asked, though the first child was taken off before the question went out", async () => {
  const guardianEmail = newAddress();
  const one = await addStudent(segue.ctx, tutor, { ...mia, guardianEmail });
  const two = await addStudent(segue.ctx, tutor, { ...mia, name: "Mo", guardianEmail });
  await changeStudent(segue.ctx, tutor, one.id, { guardianEmail: null });
  expect((await getStudent(segue.ctx, tutor, two.id)).guardian?.standing.state).toBe("asked");
  expect(await mailsTo(guardianEmail)).toHaveLength(1);
});

test("a student's address isn't taken as the same student's guardian's, in a change either", async () => {
  const email = newAddress();
  const { id } = await addStudent(segue.ctx, tutor, { ...mia, email });
  expect((await refusal(changeStudent(segue.ctx, tutor, id, { guardianEmail: email }))).code).toBe(
    "invalid_input",
  );
});

test("one yes to a child's and a parent's address of one mailbox brings the parent their links, though the child has an account", async () => {
  const account = await segue.person("student", { email: "family+kid@people.example" });
  const guardianEmail = account.email.replace("+kid", "");
  const { id } = await withLessons(tutor, { email: account.email });
  await changeStudent(segue.ctx, tutor, id, { guardianEmail });
  await say(account.email);
  expect((await getStudent(segue.ctx, tutor, account.id)).guardian?.standing.state).toBe("agreed");
  expect(await linksTo(guardianEmail)).toHaveLength(1);
});

test("the links of an address that had agreed end with it, though it is being asked again", async () => {
  const email = newAddress();
  const { id } = await withLessons(tutor, { email });
  await say(email);
  const [token = ""] = doorsIn((await linksTo(email)).at(-1)?.text);
  const question = await questionTo(email);
  await answerAsk(segue.ctx, question, { answer: "never" });
  const owner = await segue.person("tutor", { email });
  await takeNeverBack(segue.ctx, owner);
  await segue.later({ days: 31 });
  await askStudentAgain(segue.ctx, tutor, id, { kind: "student" });
  await changeStudent(segue.ctx, tutor, id, { email: newAddress() });
  expect(await readDoor(segue.ctx, token)).toMatchObject({ hasEnded: true });
});

/** A guardian whom both the tutor and the student gave. */
async function givenByBoth() {
  const guardianEmail = newAddress();
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1, { startsAt: new Date(at(24)) });
  await changeStudent(segue.ctx, tutor, student.id, { guardianEmail });
  await say(guardianEmail);
  const [tutors = ""] = doorsIn((await linksTo(guardianEmail)).at(-1)?.text);
  await segue.later({ minutes: 1 });
  await updatePreferences(segue.ctx, student, { guardianEmail });
  await say(guardianEmail);
  const [own = ""] = doorsIn((await linksTo(guardianEmail)).at(-1)?.text);
  expect(own).not.toBe(tutors);
  return { guardianEmail, tutors, own };
}

test("a guardian whom both gave gets a new link at the tutor's door that has ended", async () => {
  const { guardianEmail, tutors } = await givenByBoth();
  await endMyLinks(segue.ctx, student);
  expect(await readDoor(segue.ctx, tutors)).toMatchObject({ hasEnded: true });
  const before = (await linksTo(guardianEmail)).length;
  await sendNewLink(segue.ctx, tutors, "1.2.3.4");
  expect((await linksTo(guardianEmail)).length - before).toBe(1);
});

test("a guardian whom both gave and whom the student takes out gets a link at the door that has ended", async () => {
  const { guardianEmail, own } = await givenByBoth();
  await updatePreferences(segue.ctx, student, { guardianEmail: null });
  expect(await readDoor(segue.ctx, own)).toMatchObject({ hasEnded: true });
  const before = (await linksTo(guardianEmail)).length;
  await sendNewLink(segue.ctx, own, "1.2.3.4");
  expect((await linksTo(guardianEmail)).length - before).toBe(1);
});

test("a note that the tutor wrote isn't lost by a claim, though both had one", async () => {
  const account = await segue.person("student");
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, account, 1, { startsAt: new Date(at(60)) });
  await changeStudent(segue.ctx, tutor, account.id, { note: "Of the account" });
  await withLessons(tutor, { email: account.email, note: "Of paper" });
  await say(account.email);
  const { note } = await getStudent(segue.ctx, tutor, account.id);
  expect(note).toContain("Of the account");
  expect(note).toContain("Of paper");
});

test("a yes brings one mail with links, though the account's links have another version", async () => {
  const account = await segue.person("student");
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, account, 1, { startsAt: new Date(at(60)) });
  await endMyLinks(segue.ctx, account);
  await withLessons(tutor, { email: account.email });
  const before = (await linksTo(account.email)).length;
  await say(account.email);
  expect((await linksTo(account.email)).length - before).toBe(1);
});
