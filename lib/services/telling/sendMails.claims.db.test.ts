/** Mails that wait while an account takes a student's place, or an address changes. */
import { expect, test } from "vitest";
import { endMyLinks } from "#lib/services/doors/endMyLinks.ts";
import { readDoor } from "#lib/services/doors/readDoor.ts";
import { confirmByHand } from "#lib/services/people/unconfirmed.ts";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { answerAsk } from "#lib/services/students/answer.ts";
import { changeStudent, removeStudent } from "#lib/services/students/changeStudent.ts";
import { updatePreferences } from "#lib/services/telling/preferences.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { doorsIn, newAddress, unsigned } from "#tests/harness/asking/unsigned.ts";
import { ownMailbox } from "#tests/harness/mailbox.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student } = scene({ tutor: { name: "Tara" }, student: { name: "Samuel" } });
const { at, mailsTo, questionTo, say, withLessons } = unsigned(segue, ownMailbox());

test("a cancellation that waits goes to the tutor's guardian, though the student gives the same address meanwhile", async () => {
  const guardianEmail = newAddress();
  await segue.connect(tutor, "zoom");
  const [id = ""] = await segue.lessons(tutor, student, 1);
  await changeStudent(segue.ctx, tutor, student.id, { guardianEmail });
  await say(guardianEmail);
  await segue.later({ minutes: 1 });
  await updatePreferences(segue.ctx, student, { guardianEmail });
  const token = await questionTo(guardianEmail);
  const before = (await mailsTo(guardianEmail)).length;
  await cancelSession(segue.ctx, tutor, id);
  await answerAsk(segue.ctx, token, { answer: "yes" });
  expect((await mailsTo(guardianEmail)).length - before).toBe(1);
});

for (const [whose, isOwn] of [
  ["by an account", false],
  ["by an account whose own guardian that is", true],
] as const) {
  test(`a cancellation that waits for a guardian outlives a claim ${whose}`, async () => {
    const [email, guardianEmail] = [newAddress(), newAddress()];
    const account = await segue.person("student", { email: newAddress() });
    if (isOwn) {
      await updatePreferences(segue.ctx, account, { guardianEmail });
      await say(guardianEmail);
      await segue.later({ minutes: 1 });
    }
    const { first } = await withLessons(tutor, { email, guardianEmail });
    await say(email);
    await say(guardianEmail);
    const before = (await mailsTo(guardianEmail)).length;
    await cancelSession(segue.ctx, tutor, first);
    await claim(account, email);
    expect((await mailsTo(guardianEmail)).length - before).toBe(1);
  });
}

test("a cancellation that waits is sent, though the student is taken off the list right after it", async () => {
  const email = newAddress();
  const { id, first } = await withLessons(tutor, { email });
  await say(email);
  const before = (await mailsTo(email)).length;
  await cancelSession(segue.ctx, tutor, first);
  await removeStudent(segue.ctx, tutor, id);
  expect((await mailsTo(email)).length - before).toBe(1);
});

test("a mail that waits while an account with newer links takes over goes out with no ended link", async () => {
  const email = newAddress();
  const account = await segue.person("student", { email: newAddress() });
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, account, 1, { startsAt: new Date(at(40)) });
  await endMyLinks(segue.ctx, account);
  await segue.later({ minutes: 1 });
  const other = await segue.person("tutor");
  const { first } = await withLessons(other, { email });
  await say(email);
  await segue.later({ minutes: 1 });
  const before = (await mailsTo(email)).length;
  await rescheduleSession(segue.ctx, other, first, { startsAt: at(50) });
  await segue.later({ minutes: 1 });
  await claim(account, email);
  await expectNoEndedLink((await mailsTo(email)).slice(before));
});

test("a guardian's mail that waits while a claim raises their links goes out with no ended link", async () => {
  const account = await segue.person("student");
  const [old, guardianEmail] = [newAddress(), newAddress()];
  await segue.connect(tutor, "zoom");
  const [lesson = ""] = await segue.lessons(tutor, account, 1, { startsAt: new Date(at(60)) });
  await changeStudent(segue.ctx, tutor, account.id, { guardianEmail });
  await say(guardianEmail);
  // Another student, who had a guardian and has none any more.
  const { id } = await withLessons(tutor, { email: account.email, guardianEmail: old });
  await say(old);
  await changeStudent(segue.ctx, tutor, id, { guardianEmail: null });
  const before = (await mailsTo(guardianEmail)).length;
  const token = await questionTo(account.email);
  await segue.later({ minutes: 1 });
  await rescheduleSession(segue.ctx, tutor, lesson, { startsAt: at(70) });
  await segue.later({ minutes: 1 });
  await answerAsk(segue.ctx, token, { answer: "yes" });
  await expectNoEndedLink((await mailsTo(guardianEmail)).slice(before));
});

/** The account has this address now, and its mailbox answers. */
async function claim(account: Person, email: string) {
  await segue.rows(
    `update private.addresses set email = '${email}' where person_id = '${account.id}'`,
  );
  await confirmByHand(segue.ctx, email);
}

async function expectNoEndedLink(mails: { text: string }[]) {
  const ended = [];
  for (const token of mails.flatMap(({ text }) => doorsIn(text))) {
    ended.push((await readDoor(segue.ctx, token)).hasEnded);
  }
  expect(ended.length).toBeGreaterThan(0);
  expect(ended).not.toContain(true);
}
