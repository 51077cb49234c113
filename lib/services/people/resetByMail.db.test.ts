import { expect, test } from "vitest";
import { limits } from "#lib/records/limits/rules.ts";
import { accountScene, PASSWORD } from "#tests/harness/accounts/accountScene.ts";
import { refusal } from "#tests/harness/scene.ts";
import { askUnconfirmed } from "./askToConfirm.ts";
import { changeAddress } from "./changeAccount.ts";
import { provePassword } from "./provePassword.ts";
import { mayReset } from "./resetByMail.ts";
import { confirmByHand, makeRoomFor } from "./unconfirmed.ts";

const { segue, mia, own, signUp, mailsTo, resetToken, reset } = accountScene();
const [hour, day] = limits.strangersMail.windows;
const [resets] = limits.resetMail.windows;
const HOURS = 24;

test("whoever owns an account has a link that works or can have a new one, whatever others do", {
  tags: "whole",
}, async () => {
  await confirmByHand(segue.ctx, mia.email);
  const sentAt: number[] = [];
  const asks = async () => {
    if (await resetToken()) sentAt.push(segue.clock().getTime());
  };
  for (let step = 0; step < HOURS * 2; step++) {
    for (let times = 0; times <= resets.most; times++) await asks();
    segue.clock.advance({ minutes: 30 });
    const isAlive = () =>
      sentAt.some((at) => segue.clock().getTime() - at < resets.seconds * 1_000);
    if (!isAlive()) await asks();
    expect(isAlive()).toBe(true);
  }
  expect(sentAt.length).toBeLessThanOrEqual((HOURS + 1) * resets.most);
});

test("looking at a link uses nothing up, and one that was used or is too old is none", async () => {
  await confirmByHand(segue.ctx, mia.email);
  // Sign-in's library goes by the machine's clock, which a test doesn't move.
  const endsIn = (minutes: number) => {
    const at = new Date(segue.clock().getTime() + minutes * 60_000).toISOString();
    return segue.rows(`update identity.verification set expires_at = '${at}' returning 1`);
  };
  const looked = async (of: string) => [
    await mayReset(segue.ctx, of),
    await mayReset(segue.ctx, of),
  ];
  const old = await resetToken();
  await endsIn(1);
  expect(await looked(old)).toEqual([true, true]);
  await endsIn(0);
  expect(await looked(old)).toEqual([false, false]);
  expect(await looked("none\u0000")).toEqual([false, false]);
  const token = await resetToken();
  expect(await reset(token)).toBe(200);
  expect(await looked(token)).toEqual([false, false]);
});

test("an account from before anybody was asked counts like an owned one", {
  tags: "whole",
}, async () => {
  await segue.rows(`update people set signed_up_unasked = true where id = '${mia.id}' returning 1`);
  for (let times = 0; times < hour.most; times++) {
    const other = await signUp(own(`other${times}x`));
    await confirmByHand(segue.ctx, other.email);
    await changeAddress(segue.ctx, other, { email: mia.email, password: PASSWORD });
  }
  expect(await mailsTo(mia.email)).toBe(hour.most);
  for (let times = 0; times < resets.most; times++) expect(await resetToken()).not.toBe("");
  expect(await resetToken()).toBe("");
});

test("whoever signs up with somebody's address and asks for resets sends them no more than the table says", async () => {
  const { email } = mia;
  await askUnconfirmed(segue.ctx, mia.id);
  for (let hours = 0; hours < HOURS; hours++) {
    await resetToken();
    if ((await refusal(makeRoomFor(segue.ctx, email))).code === "done") {
      await askUnconfirmed(segue.ctx, (await signUp(email)).id, true);
    }
    await resetToken();
    segue.clock.advance({ minutes: 57 });
  }
  expect(await mailsTo(email)).toBe(day.most);
});

test("a password that was proved does nothing any more once a reset has replaced it", async () => {
  const whileProved = await provePassword(segue.ctx, mia.id, PASSWORD);
  expect(await reset(await resetToken())).toBe(200);
  let isDone = false;
  const late = whileProved(async () => {
    isDone = true;
  });
  expect(await refusal(late)).toMatchObject({ code: "invalid_input" });
  expect(isDone).toBe(false);
});
