/** What one tutor does with a student touches no other tutor's, and tells neither of the other. */
import { expect, test } from "vitest";
import type { Mailer } from "#lib/platform/mail/mailer.ts";
import { MailError } from "#lib/platform/mail/mailTrouble.ts";
import { addLessons } from "#lib/services/bookings/addLessons.ts";
import { endMyLinks } from "#lib/services/doors/endMyLinks.ts";
import { readDoor } from "#lib/services/doors/readDoor.ts";
import { confirmByHand } from "#lib/services/people/unconfirmed.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { updatePreferences } from "#lib/services/telling/preferences.ts";
import { sendMails } from "#lib/services/telling/sendMails.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { doorsIn, mia, newAddress, unsigned, weekly } from "#tests/harness/asking/unsigned.ts";
import { ownMailbox } from "#tests/harness/mailbox.ts";
import { refusal, scene } from "#tests/harness/scene.ts";
import { addStudent } from "./addStudent.ts";
import { changeStudent, removeStudent } from "./changeStudent.ts";
import { getStudent, listStudents } from "./listStudents.ts";

const { segue, tutor, student } = scene({
  tutor: { name: "Tara" },
  student: { name: "Samuel" },
});
const mailbox = ownMailbox();
const { at, lessonsFor, linksTo, mailsTo, say, tokenOf, withLessons } = unsigned(segue, mailbox);

const hasEnded = async (token: string) => (await readDoor(segue.ctx, token)).hasEnded;

/** A student with an account, their lesson with this tutor, and a guardian whom the tutor gave. */
async function withGuardian(of: Person, guardianEmail: string, hours = 24) {
  await segue.connect(of, "zoom");
  await segue.lessons(of, student, 1, { startsAt: new Date(at(hours)) });
  await changeStudent(segue.ctx, of, student.id, { guardianEmail });
  await say(guardianEmail);
}

test("what a tutor writes down no other tutor reads, though both mean the same person", async () => {
  const email = newAddress();
  const other = await segue.person("tutor");
  const one = await addStudent(segue.ctx, tutor, { ...mia, email });
  await addStudent(segue.ctx, other, { name: "M.", timeZone: "UTC", email });
  expect(await listStudents(segue.ctx, other)).toMatchObject({
    items: [{ name: "M.", timeZone: "UTC", note: null }],
  });
  expect(await getStudent(segue.ctx, tutor, one.id)).toMatchObject({ name: "Mia" });
  expect((await refusal(getStudent(segue.ctx, other, one.id))).code).toBe("not_found");
  const wish = { ...weekly, startsAt: at(24) };
  expect((await refusal(addLessons(segue.ctx, other, one.id, wish))).code).toBe("not_found");
});

test("nothing tells a tutor whether another one knows an address", async () => {
  const email = newAddress();
  await addStudent(segue.ctx, tutor, { ...mia, email });
  const other = await segue.person("tutor");
  const one = await addStudent(segue.ctx, other, mia);
  const two = await addStudent(segue.ctx, other, { ...mia, name: "Mo" });
  const known = await changeStudent(segue.ctx, other, one.id, { email });
  const unknown = await changeStudent(segue.ctx, other, two.id, { email: newAddress() });
  expect([known.id, unknown.id]).toEqual([one.id, two.id]);
});

test("another tutor's change of the same address ends no link", async () => {
  const [email, next] = [newAddress(), newAddress()];
  const { first } = await withLessons(tutor, { email });
  await say(email);
  const token = await tokenOf(tutor, first);
  const other = await segue.person("tutor");
  const theirs = await addStudent(segue.ctx, other, { ...mia, email: newAddress() });
  await changeStudent(segue.ctx, other, theirs.id, { email });
  await changeStudent(segue.ctx, other, theirs.id, { email: next });
  expect(await hasEnded(token)).toBe(false);
  expect(doorsIn((await linksTo(email)).at(-1)?.text)).toEqual([token]);
});

test("another tutor's removal ends no link of a student with an account", async () => {
  const email = newAddress();
  await withLessons(tutor, { email });
  const other = await segue.person("tutor");
  await addStudent(segue.ctx, other, { ...mia, email });
  const account = await segue.person("student", { email, isConfirmed: false });
  await confirmByHand(segue.ctx, email);
  await lessonsFor(tutor, account.id, 72);
  const [token = ""] = doorsIn((await linksTo(email)).at(-1)?.text);
  await removeStudent(segue.ctx, other, account.id);
  expect(await hasEnded(token)).toBe(false);
});

test("another tutor's change of their guardian ends no link of this tutor's", async () => {
  const guardianEmail = newAddress();
  await withGuardian(tutor, guardianEmail);
  const [token = ""] = doorsIn((await linksTo(guardianEmail)).at(-1)?.text);
  expect(await hasEnded(token)).toBe(false);
  const other = await segue.person("tutor");
  await withGuardian(other, newAddress(), 30);
  await changeStudent(segue.ctx, other, student.id, { guardianEmail: newAddress() });
  await changeStudent(segue.ctx, other, student.id, { guardianEmail: null });
  expect(await hasEnded(token)).toBe(false);
});

test("a guardian of two tutors' gets the new links of the one who still has them", async () => {
  const guardianEmail = newAddress();
  const other = await segue.person("tutor");
  await withGuardian(tutor, guardianEmail);
  await withGuardian(other, guardianEmail, 30);
  const before = (await mailsTo(guardianEmail)).length;
  await endMyLinks(segue.ctx, student);
  await changeStudent(segue.ctx, tutor, student.id, { guardianEmail: null });
  const later = (await mailsTo(guardianEmail)).slice(before);
  const open = [];
  for (const token of later.flatMap(({ text }) => doorsIn(text))) open.push(await hasEnded(token));
  expect(open).toEqual([false]);
});

test("a student's own guardian reads the student's own name, and not what a tutor calls them", async () => {
  const guardianEmail = newAddress();
  await segue.connect(tutor, "zoom");
  await updatePreferences(segue.ctx, student, { guardianEmail });
  await say(guardianEmail);
  await segue.lessons(tutor, student, 1);
  await changeStudent(segue.ctx, tutor, student.id, { name: "Lazyone" });
  await segue.lessons(tutor, student, 1, { startsAt: new Date(at(60)) });
  const mails = (await mailsTo(guardianEmail)).map(({ text }) => text);
  expect(mails.at(-1)).toContain("Samuel");
  expect(mails.join()).not.toContain("Lazyone");
});

/** Of all addresses of students here nobody gets mail. */
const refusing: Mailer = {
  send: (mail) =>
    mail.to.address.startsWith("student")
      ? Promise.reject(new MailError("550 no such user", { trouble: "address" }))
      : mailbox.mailer.send(mail),
  close: () => undefined,
};

test("a tutor is told that the address they gave takes no mail, and sees it", async () => {
  const email = newAddress();
  const { id } = await addStudent(segue.ctx, tutor, { ...mia, email });
  await sendMails(segue.ctx, refusing);
  expect((await mailsTo(tutor.email)).map(({ subject }) => subject)).toEqual([
    "Emails to “Mia” don’t arrive",
  ]);
  expect((await getStudent(segue.ctx, tutor, id)).address?.standing.state).toBe("unreachable");
  // Another tutor, who hasn't mailed it, learns nothing by giving it.
  const other = await segue.person("tutor");
  const theirs = await addStudent(segue.ctx, other, { ...mia, email });
  expect((await getStudent(segue.ctx, other, theirs.id)).address?.standing.state).toBe("cannot");
});

test("of two tutors whose address takes no mail each is told once", async () => {
  const email = newAddress();
  const other = await segue.person("tutor");
  const firsts: [Person, string][] = [];
  for (const one of [tutor, other]) {
    firsts.push([one, (await withLessons(one, { email })).first]);
    await say(email);
  }
  await mailsTo(email);
  for (const hours of [50, 55]) {
    for (const [one, first] of firsts) {
      await rescheduleSession(segue.ctx, one, first, { startsAt: at(hours) });
    }
    await sendMails(segue.ctx, refusing);
  }
  await sendMails(segue.ctx, mailbox.mailer);
  expect([tutor, other].map((one) => mailbox.mails(one.email).length)).toEqual([1, 1]);
});
