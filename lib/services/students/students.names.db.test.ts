/** What a tutor calls a student is for the tutor, and for whom the tutor gave. */
import { expect, test } from "vitest";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { updatePreferences } from "#lib/services/telling/preferences.ts";
import { newAddress, unsigned } from "#tests/harness/asking/unsigned.ts";
import { ownMailbox } from "#tests/harness/mailbox.ts";
import { scene } from "#tests/harness/scene.ts";
import { changeStudent } from "./changeStudent.ts";

const { segue, tutor, student } = scene({ tutor: { name: "Tara" }, student: { name: "Samuel" } });
const { at, mailsTo, say } = unsigned(segue, ownMailbox());

test("the room that a student with an account enters isn't named by what the tutor calls them", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  await changeStudent(segue.ctx, tutor, student.id, { name: "Lazyone" });
  await segue.lessons(tutor, student, 1, { startsAt: new Date(at(60)) });
  const told = JSON.stringify(await segue.standIns.rooms());
  const titles = (await segue.sessions(tutor)).map(({ title }) => title);
  expect(titles.join()).not.toContain("Lazyone");
  expect(told).not.toContain("Lazyone");
});

test("a student's own guardian doesn't read what a tutor calls the student, when the student cancels", async () => {
  const guardianEmail = newAddress();
  await segue.connect(tutor, "zoom");
  await updatePreferences(segue.ctx, student, { guardianEmail });
  await say(guardianEmail);
  const [id = ""] = await segue.lessons(tutor, student, 1);
  await changeStudent(segue.ctx, tutor, student.id, { name: "Lazyone" });
  await cancelSession(segue.ctx, student, id, { message: "Ill" });
  const mails = (await mailsTo(guardianEmail)).map(({ text, subject }) => subject + text);
  expect(mails.at(-1)).toContain("Samuel");
  expect(mails.join()).not.toContain("Lazyone");
});
