/** What is an answer of a mailbox to whom, and what comes with it. */
import { expect, test } from "vitest";
import { transaction } from "#lib/platform/db.ts";
import { deletePerson, mayVanish } from "#lib/records/people/queries/whole.ts";
import { takeNeverBack } from "#lib/services/asking/ownNever.ts";
import { afterReset } from "#lib/services/people/resetByMail.ts";
import { confirmByHand } from "#lib/services/people/unconfirmed.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { updatePreferences } from "#lib/services/telling/preferences.ts";
import { mia, newAddress, unsigned } from "#tests/harness/asking/unsigned.ts";
import { ownMailbox } from "#tests/harness/mailbox.ts";
import { scene } from "#tests/harness/scene.ts";
import { addStudent } from "./addStudent.ts";
import { answerAsk } from "./answer.ts";
import { changeStudent, removeStudent } from "./changeStudent.ts";
import { getStudent, listStudents, presentId } from "./listStudents.ts";

const { segue, tutor } = scene({ tutor: { name: "Tara" } });
const { at, lessonsFor, mailsTo, questionTo, say, withLessons } = unsigned(segue, ownMailbox());

test("a new password of an account that was confirmed long ago is no yes to a stranger", async () => {
  const account = await segue.person("student", { timeZone: "Asia/Tokyo" });
  await addStudent(segue.ctx, tutor, { ...mia, email: account.email });
  const stranger = await segue.person("tutor");
  const { id } = await addStudent(segue.ctx, stranger, { ...mia, email: account.email });
  expect((await getStudent(segue.ctx, stranger, id)).address?.standing.askedAt).toBeNull();
  await afterReset(segue.ctx, { id: account.id, email: account.email });
  const before = (await mailsTo(account.email)).length;
  const [now] = (await listStudents(segue.ctx, stranger)).items;
  await lessonsFor(stranger, now?.id ?? "", 30);
  expect({ now, mails: (await mailsTo(account.email)).length - before }).toMatchObject({
    now: { id, hasAccount: false, timeZone: mia.timeZone },
    mails: 0,
  });
});

test("a tutor who was told no and writes the address down anew has no yes by that", async () => {
  const email = newAddress();
  const account = await segue.person("student", { email, timeZone: "Asia/Tokyo" });
  const { id } = await addStudent(segue.ctx, tutor, { ...mia, email });
  const token = await questionTo(email);
  await answerAsk(segue.ctx, token, { answer: "never" });
  await removeStudent(segue.ctx, tutor, id);
  await addStudent(segue.ctx, tutor, { ...mia, email });
  // The owner wants mails from others again.
  await takeNeverBack(segue.ctx, account);
  await afterReset(segue.ctx, { id: account.id, email });
  expect((await listStudents(segue.ctx, tutor)).items).toMatchObject([{ hasAccount: false }]);
});

test("“no, never” leaves an account the news of its own lessons that wait", async () => {
  const email = newAddress();
  const { first } = await withLessons(tutor, { email }, 26);
  const token = await questionTo(email);
  await answerAsk(segue.ctx, token, { answer: "yes" });
  const before = (await mailsTo(email)).length;
  await rescheduleSession(segue.ctx, tutor, first, { startsAt: at(48) });
  await segue.person("student", { email, isConfirmed: false });
  await confirmByHand(segue.ctx, email);
  await answerAsk(segue.ctx, token, { answer: "never" });
  expect((await mailsTo(email)).length - before).toBe(1);
});

test("a page that is open under an account's id leads on when the account is deleted", async () => {
  const account = await segue.person("student");
  await addStudent(segue.ctx, tutor, { ...mia, email: account.email });
  await say(account.email);
  await transaction(segue.ctx.db, async (trx) => {
    if (await mayVanish(trx, account.id)) await deletePerson(trx, account.id);
  });
  const [own] = (await listStudents(segue.ctx, tutor)).items;
  expect(await presentId(segue.ctx, tutor, account.id)).toBe(own?.id);
});

test("ids are read in capitals, too", async () => {
  const { id } = await addStudent(segue.ctx, tutor, { ...mia });
  const upper = id.toUpperCase();
  expect((await getStudent(segue.ctx, tutor, upper)).id).toBe(id);
  expect(await changeStudent(segue.ctx, tutor, upper, { email: newAddress() })).toEqual({ id });
  await lessonsFor(tutor, upper, 24);
  await expect(removeStudent(segue.ctx, tutor, upper)).rejects.toMatchObject({
    code: "wrong_state",
  });
});

test("a guardian of the student's own is sent the links to lessons that a claim brings", async () => {
  const email = newAddress();
  const account = await segue.person("student", { email });
  const guardianEmail = newAddress();
  await updatePreferences(segue.ctx, account, { guardianEmail });
  await say(guardianEmail);
  await withLessons(tutor, { email });
  const before = (await mailsTo(guardianEmail)).length;
  await say(email);
  expect((await mailsTo(guardianEmail)).length - before).toBe(1);
});
