import { expect, test } from "vitest";
import { mia, newAddress, unsigned } from "#tests/harness/asking/unsigned.ts";
import { ownMailbox } from "#tests/harness/mailbox.ts";
import { scene } from "#tests/harness/scene.ts";
import { examineTutor } from "./examineTutor.ts";

const { segue, tutor } = scene();
const { mailsTo, say, withLessons } = unsigned(segue, ownMailbox());

test("support sees the lessons of students without an account, and what became of the mails to them and their guardians", async () => {
  const [email, guardianEmail] = [newAddress(), newAddress()];
  await segue.connect(tutor, "zoom");
  await withLessons(tutor, { email, guardianEmail });
  await say(email);
  await mailsTo(guardianEmail);
  const report = await examineTutor(segue.ctx, tutor.email);
  expect(report.lessons).toMatchObject([{ title: `Algebra with ${mia.name}`, problem: null }]);
  const mails = report.mails.map(({ to, status }) => [to, status]);
  // The question and the links; the guardian's question alone.
  expect(mails.filter(([to]) => to === email)).toEqual([
    [email, "sent"],
    [email, "sent"],
  ]);
  expect(mails.filter(([to]) => to === guardianEmail)).toEqual([[guardianEmail, "sent"]]);
  expect(JSON.stringify(report)).not.toMatch(/\/j\/[a-z2-7]{38}/);
});
