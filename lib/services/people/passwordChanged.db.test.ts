/** What a new password says to the mailbox, however it is set. */
import { expect, test } from "vitest";
import { accountScene, PASSWORD } from "#tests/harness/accounts/accountScene.ts";
import { refusal } from "#tests/harness/scene.ts";
import { changePassword } from "./changeAccount.ts";
import { confirmAddress } from "./confirmAddress.ts";
import { confirmByHand } from "./unconfirmed.ts";

const { segue, mia, asked, resetToken, reset, textsTo } = accountScene();
const newPassword = "blauwal im gehege";

const change = async () => {
  await changePassword(segue.ctx, mia, crypto.randomUUID(), { password: PASSWORD, newPassword });
};
const byMail = async () => expect(await reset(await resetToken())).toBe(200);
const withConfirming = async () => {
  const token = await asked();
  await confirmAddress(segue.ctx, null, { token, newPassword });
};
const told = async () =>
  (await textsTo(mia.email)).filter(({ text_body: text }) =>
    String(text).includes("The password of your Segue account was changed."),
  ).length;

test.each([
  ["a change", change],
  ["a reset by mail", byMail],
])("a confirmed address is told of %s, once", async (_, set) => {
  await confirmByHand(segue.ctx, mia.email);
  mia.isConfirmed = true;
  await set();
  expect(await told()).toBe(1);
});

test.each([
  ["a reset by mail", byMail],
  ["a new password on confirming", withConfirming],
])("so is one that is confirmed by %s", async (_, set) => {
  await set();
  expect(await told()).toBe(1);
});

test("the password that somebody has is no new one, in whichever form it is written", async () => {
  const wide = String.fromCodePoint((PASSWORD.codePointAt(0) ?? 0) + 0xfee0) + PASSWORD.slice(1);
  for (const newPassword of [PASSWORD, wide]) {
    const same = { password: PASSWORD, newPassword };
    const attempt = changePassword(segue.ctx, mia, crypto.randomUUID(), same);
    expect(await refusal(attempt)).toMatchObject({
      message: expect.stringContaining("your current password"),
    });
  }
});

test("an address that nobody has confirmed isn't: it may be a stranger's", async () => {
  await change();
  expect(await told()).toBe(0);
});
