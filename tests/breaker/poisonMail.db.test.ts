/** One mail that can't be looked at again is always the oldest: no mail goes out any more, to anybody. */
import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import { mailPasswordReset } from "#lib/services/telling/accountMails.ts";
import { sendMails } from "#lib/services/telling/sendMails.ts";
import { ownMailbox } from "#tests/harness/mailbox.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student } = scene();
const mailbox = ownMailbox();

test("a mail whose look fails holds up nobody else's", async () => {
  await segue.connect(tutor, "zoom");
  await segue.book(tutor, student, { startsAt: addMinutes(segue.clock(), 3 * 1_440) });
  segue.clock.advance({ seconds: 1 });
  await asService(segue.ctx.db, (trx) =>
    mailPasswordReset(segue.ctx, trx, tutor.id, "http://localhost:3000/reset-password?token=t"),
  );
  // The key has the same name and is another one, as after a restore beside a new `.env`.
  const tokenKeys = segue.ctx.config.tokenKeys.map((one) => ({
    ...one,
    secret: Buffer.alloc(32, 9),
  }));
  const ctx = { ...segue.ctx, config: { ...segue.ctx.config, tokenKeys } };
  const failed: unknown[] = [];
  for (let i = 0; i < 3; i++)
    await sendMails(ctx, mailbox.mailer).catch((e: unknown) => failed.push(e));
  expect(failed.length).toBeGreaterThan(0);
  const subjects = (await mailbox.mails(tutor.email)).map(({ subject }) => subject);
  // Fails: every run ends at the student's mail.
  expect(subjects).toContain("Set a new password");
});
