import { AsyncLocalStorage } from "node:async_hooks";
import { expect, test } from "vitest";
import { asService } from "#lib/platform/db.ts";
import { insertBooking } from "#lib/records/bookings/queries.ts";
import { limits } from "#lib/records/limits/rules.ts";
import { accountScene, PASSWORD } from "#tests/harness/accounts/accountScene.ts";
import { untilWaitedFor } from "#tests/harness/databases/untilWaitedFor.ts";
import { refusal } from "#tests/harness/scene.ts";
import { askAgain, waitingAddress } from "./askToConfirm.ts";
import { changeAddress, changePassword, deleteAccount, keepAddress } from "./changeAccount.ts";
import { confirmAddress, disownAccount, lookAtConfirmation } from "./confirmAddress.ts";
import { confirmByHand } from "./unconfirmed.ts";

const account = accountScene();
const { segue, mia, own, ask, signUp, status, resetToken, reset } = account;
const { asked, mailsTo, tokenTo, isConfirmed, addressOf, left } = account;

test("a link that sets a password is dead once the account has another address", async () => {
  await confirmByHand(segue.ctx, mia.email);
  mia.isConfirmed = true;
  const token = await resetToken();
  const email = own("moved");
  await changeAddress(segue.ctx, mia, { email, password: PASSWORD });
  await confirmAddress(segue.ctx, mia.id, { token: await tokenTo(email) });
  expect(await reset(token)).toBe(400);
});

test("a mistyped new address gives nobody anything, neither by its link nor by a reset", async () => {
  await confirmByHand(segue.ctx, mia.email);
  mia.isConfirmed = true;
  const email = own("typo");
  await changeAddress(segue.ctx, mia, { email, password: PASSWORD });
  const token = await tokenTo(email);
  const attempt = confirmAddress(segue.ctx, null, { token, newPassword: "blauwal im gehege" });
  expect(await refusal(attempt)).toMatchObject({ code: "not_allowed" });
  await ask("request-password-reset", { email });
  expect(await left("identity.verification", "value")).toBe(0);
  await disownAccount(segue.ctx, { token, answer: "delete" });
  expect(await lookAtConfirmation(segue.ctx, null, token)).toBeNull();
  expect(await addressOf()).toBe(mia.email);
});

test("a new address takes effect when its mailbox answers, and the old one is told", async () => {
  await confirmByHand(segue.ctx, mia.email);
  mia.isConfirmed = true;
  const email = own("new");
  await changeAddress(segue.ctx, mia, { email, password: PASSWORD });
  expect(await addressOf()).toBe(mia.email);
  await confirmAddress(segue.ctx, mia.id, { token: await tokenTo(email) });
  expect(await addressOf()).toBe(email);
  expect(await status(PASSWORD)).toBe(401);
  expect(await status(PASSWORD, email)).toBe(200);
  expect(
    await segue.rows(`select from private.mail_texts where to_email = '${mia.email}'
    and subject = 'The email address of your account'`),
  ).toHaveLength(2);
});

test("an address that somebody has is told to them alone, and never taken", async () => {
  const other = await segue.person("student");
  await changeAddress(segue.ctx, mia, { email: other.email, password: PASSWORD });
  expect(await mailsTo(other.email)).toBe(1);
  expect(await tokenTo(other.email)).toBe("");
  // To the asker it looks like any other address, also when they have it sent again.
  expect(await waitingAddress(segue.ctx, mia)).toBe(other.email);
  await askAgain(segue.ctx, mia);
  expect(await tokenTo(other.email)).toBe("");
  const email = own("late");
  await changeAddress(segue.ctx, mia, { email, password: PASSWORD });
  const token = await tokenTo(email);
  await signUp(email);
  await confirmByHand(segue.ctx, email);
  expect(await refusal(confirmAddress(segue.ctx, mia.id, { token }))).toMatchObject({
    code: "wrong_state",
  });
});

test("who only claims an address makes room for whoever answers from its mailbox", async () => {
  const email = own("claimed");
  const claimant = await signUp(email);
  await changeAddress(segue.ctx, mia, { email, password: PASSWORD });
  await confirmAddress(segue.ctx, mia.id, { token: await tokenTo(email) });
  expect(await addressOf()).toBe(email);
  expect(await left("people", "id", claimant.id)).toBe(0);
});

test("a claimant with a lesson keeps the address", async () => {
  const email = own("used");
  const claimant = await signUp(email);
  const tutor = await segue.person("tutor");
  await segue.connect(tutor, "zoom");
  await segue.book(tutor, { ...claimant, isConfirmed: true });
  await changeAddress(segue.ctx, mia, { email, password: PASSWORD });
  expect(await tokenTo(email)).toBe("");
  expect(await left("people", "id", claimant.id)).toBe(1);
});

test("a mistyped change is no dead end: it is taken back, and the first mail still confirms", async () => {
  const first = await asked();
  for (const takeBack of [
    () => keepAddress(segue.ctx, mia),
    () => changeAddress(segue.ctx, mia, { email: mia.email, password: PASSWORD }),
  ]) {
    await changeAddress(segue.ctx, mia, { email: own("tpyo"), password: PASSWORD });
    expect(await waitingAddress(segue.ctx, mia)).toBe(own("tpyo"));
    await takeBack();
    expect(await waitingAddress(segue.ctx, mia)).toBeNull();
  }
  const before = await mailsTo(mia.email);
  await askAgain(segue.ctx, mia);
  expect(await mailsTo(mia.email)).toBe(before + 1);
  await confirmAddress(segue.ctx, mia.id, { token: first });
  expect(await isConfirmed()).toBe(true);
});

test("a link to the former address doesn't bring it back", async () => {
  const first = await asked();
  await changeAddress(segue.ctx, mia, { email: own("second"), password: PASSWORD });
  await confirmAddress(segue.ctx, mia.id, { token: await tokenTo(own("second")) });
  expect(await refusal(confirmAddress(segue.ctx, mia.id, { token: first }))).toMatchObject({
    code: "not_found",
  });
  expect(await addressOf()).toBe(own("second"));
});

test("a new password ends the links that were mailed before, and leaves room for another", async () => {
  await confirmByHand(segue.ctx, mia.email);
  for (let times = 0; times < limits.resetMail.windows[0].most; times++) await resetToken();
  expect(await resetToken()).toBe("");
  const [sign] = await segue.rows(
    `select id from identity.session where user_id = '${mia.id}' limit 1`,
  );
  const newPassword = "blauwal im gehege";
  await changePassword(segue.ctx, mia, String(sign?.id), { password: PASSWORD, newPassword });
  expect(await reset(await resetToken())).toBe(200);
});

test("nobody makes room for mails by changing the password again and again", {
  tags: "whole",
}, async () => {
  const { most } = limits.newPassword.windows[0];
  let password = PASSWORD;
  let times = 0;
  const change = async () => {
    const newPassword = `blauwal im gehege ${times++}`;
    await changePassword(segue.ctx, mia, crypto.randomUUID(), { password, newPassword });
    password = newPassword;
  };
  while (times < most) await change();
  expect(await refusal(change())).toMatchObject({ code: "too_many" });
});

test("one person has few other addresses asked in a day", async () => {
  const { most } = limits.addressAsked.windows[0];
  for (let times = 0; times < most; times++) {
    await changeAddress(segue.ctx, mia, { email: own(`any${times}x`), password: PASSWORD });
  }
  const email = own("anyone");
  expect(await refusal(changeAddress(segue.ctx, mia, { email, password: PASSWORD }))).toMatchObject(
    { code: "too_many" },
  );
  expect(await mailsTo(email)).toBe(0);
});

test("of two who confirm the same new address at once, one has it and one is told so", async () => {
  const email = own("both");
  const other = await signUp(own("other"));
  await changeAddress(segue.ctx, mia, { email, password: PASSWORD });
  const mine = await tokenTo(email);
  await changeAddress(segue.ctx, other, { email, password: PASSWORD });
  const theirs = await tokenTo(email, mine);
  const answers = await Promise.all([
    refusal(confirmAddress(segue.ctx, mia.id, { token: mine })),
    refusal(confirmAddress(segue.ctx, other.id, { token: theirs })),
  ]);
  expect(answers.map(({ code }) => code).sort()).toEqual(["done", "wrong_state"]);
});

test("an account on which a lesson begins to hang at that moment isn't deleted", async () => {
  const elsewhere = AsyncLocalStorage.snapshot();
  const tutor = await segue.person("tutor");
  const now = segue.clock();
  const { deletion } = await asService(segue.ctx.db, async (trx) => {
    await insertBooking(trx, {
      ...{ tutor_id: tutor.id, student_id: mia.id, subject: "Algebra", starts_at: now },
      ...{ duration_minutes: 30, time_zone: "Europe/Berlin", repeat_weekly: 1 },
    });
    const waiting = elsewhere(() => deleteAccount(segue.ctx, mia, { password: PASSWORD }));
    await untilWaitedFor(trx, waiting);
    return { deletion: refusal(waiting) };
  });
  expect(await deletion).toMatchObject({ code: "wrong_state" });
  expect(await addressOf()).toBe(mia.email);
});
