/** A mail that can't be looked at again, by a fault of ours, is the oldest each time. */
import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import { installationKey, isKeyAtHand } from "#lib/services/keys/installationKey.ts";
import { mailPasswordReset } from "#lib/services/telling/accountMails.ts";
import { ownMailbox } from "#tests/harness/mailbox.ts";
import { scene } from "#tests/harness/scene.ts";
import { sendMails } from "./sendMails.ts";

const { segue, tutor, student } = scene();
const mailbox = ownMailbox();

test("a mail whose look fails holds up nobody else's", async () => {
  await segue.connect(tutor, "zoom");
  await segue.book(tutor, student, { startsAt: addMinutes(segue.clock(), 3 * 1_440) });
  segue.clock.advance({ seconds: 1 });
  await asService(segue.ctx.db, (trx) =>
    mailPasswordReset(segue.ctx, trx, tutor.id, "http://localhost:3000/reset-password?token=t"),
  );
  const broken = {
    ...segue.ctx,
    get zoneRules(): never {
      throw new Error("A fault of ours");
    },
  };
  await sendMails(broken, mailbox.mailer);
  expect((await mailbox.mails(tutor.email)).map(({ subject }) => subject)).toContain(
    "Set a new password",
  );
  const waiting = () =>
    segue.rows("select attempts, error_code from mails where status = 'queued' order by 1");
  // The tutor's of the request, and the student's of the answer.
  const putOff = { attempts: 1, error_code: "unknown" };
  expect(await waiting()).toEqual([putOff, putOff]);

  segue.clock.advance({ minutes: 1 });
  await sendMails(segue.ctx, mailbox.mailer);
  expect(await waiting()).toEqual([]);
  expect(await mailbox.mails(student.email)).toHaveLength(1);
});

test("a key of the same name that is another one isn't at hand", async () => {
  await asService(segue.ctx.db, (trx) => installationKey(segue.ctx, trx, "doors"));
  const isAtHand = (secret: Buffer) => {
    const tokenKeys = segue.ctx.config.tokenKeys.map((key) => ({ ...key, secret }));
    const ctx = { config: { ...segue.ctx.config, tokenKeys } };
    return asService(segue.ctx.db, (trx) => isKeyAtHand(ctx, trx, "doors"));
  };
  expect(await isAtHand(Buffer.alloc(32, 9))).toBe(false);
  expect(await isAtHand(segue.ctx.config.tokenKeys[0]?.secret ?? Buffer.alloc(0))).toBe(true);
});
