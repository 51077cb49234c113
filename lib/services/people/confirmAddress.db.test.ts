import { expect, test } from "vitest";
import { sha256 } from "#lib/platform/crypto.ts";
import { limits } from "#lib/records/limits/rules.ts";
import { stillValid } from "#server/account/stillValid.ts";
import { accountScene, PASSWORD } from "#tests/harness/accounts/accountScene.ts";
import { refusal } from "#tests/harness/scene.ts";
import { askUnconfirmed } from "./askToConfirm.ts";
import { confirmAddress, disownAccount, lookAtConfirmation } from "./confirmAddress.ts";
import { makeAdmin } from "./makeAdmin.ts";
import { confirmByHand, makeRoomFor, removeUnconfirmed } from "./unconfirmed.ts";

const account = accountScene();
const { segue, mia, signUp, enter, status, signIn, knows } = account;
const { asked, tokenTo, resetToken, reset, isConfirmed, left } = account;

test("the link alone confirms nothing: somebody is signed in, knows the password, or sets one", async () => {
  const token = await asked();
  const { ctx } = segue;
  expect(await lookAtConfirmation(ctx, null, token)).toMatchObject({ state: "waiting" });
  const stranger = await segue.person("student");
  for (const visitor of [null, stranger.id]) {
    expect(await refusal(confirmAddress(ctx, visitor, { token }))).toMatchObject({
      code: "not_allowed",
    });
  }
  expect(await refusal(confirmAddress(ctx, null, { token, password: "wrong" }))).toMatchObject({
    code: "invalid_input",
  });
  expect(await isConfirmed()).toBe(false);
  await confirmAddress(ctx, mia.id, { token });
  expect(await isConfirmed()).toBe(true);
  expect(await lookAtConfirmation(ctx, null, token)).toMatchObject({ state: "done" });
  await confirmAddress(ctx, null, { token });
});

test("who wasn't signed in ends what was opened before, and a new password ends the old one", async () => {
  const token = await asked();
  const before = await signIn(PASSWORD);
  await segue.rows(`insert into calendar_feeds (person_id, token_hash, created_at)
    values ('${mia.id}', '${sha256(mia.id)}', now()) returning 1`);
  await confirmAddress(segue.ctx, null, { token, newPassword: "blauwal im gehege" });
  expect(await knows(before)).toBe(false);
  expect(await left("calendar_feeds")).toBe(0);
  expect(await status(PASSWORD)).toBe(401);
  expect(await status("blauwal im gehege")).toBe(200);
});

test("a sign-in that is on its way with the old password doesn't outlive the new one", async () => {
  let cookie = "";
  const answer = await stillValid(segue.ctx, mia.email, async () => {
    const begun = await enter(PASSWORD);
    cookie = begun.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    await confirmAddress(segue.ctx, null, {
      token: await asked(),
      newPassword: "blauwal im gehege",
    });
    // As if it had been written after the others were ended.
    await segue.rows(`insert into identity.session (user_id, token, expires_at)
      values ('${mia.id}', '${sha256((await begun.clone().json()).token)}', now() + interval '1 day') returning 1`);
    expect(await knows(cookie)).toBe(true);
    return begun;
  });
  expect(answer.status).toBe(401);
  expect(await knows(cookie)).toBe(false);
  expect((await stillValid(segue.ctx, mia.email, () => enter("blauwal im gehege"))).status).toBe(
    200,
  );
});

test("who was signed in goes on, there and elsewhere", async () => {
  const before = await signIn(PASSWORD);
  await confirmAddress(segue.ctx, mia.id, { token: await asked() });
  expect(await knows(before)).toBe(true);
});

test("a reset by mail confirms, and ends every sign-in, feed and other reset", async () => {
  const before = await signIn(PASSWORD);
  await segue.rows(`insert into calendar_feeds (person_id, token_hash, created_at)
    values ('${mia.id}', '${sha256(mia.id)}', now()) returning 1`);
  const [one, other] = [await resetToken(), await resetToken()];
  expect(await reset(one)).toBe(200);
  expect(await isConfirmed()).toBe(true);
  expect(await knows(before)).toBe(false);
  expect(await left("calendar_feeds")).toBe(0);
  expect(await reset(other)).toBe(400);
});

test("whoever signs up later with the same address isn't given the earlier account", async () => {
  const token = await asked();
  await makeRoomFor(segue.ctx, mia.email);
  const owner = await signUp(mia.email);
  expect(owner.id).not.toBe(mia.id);
  expect(await lookAtConfirmation(segue.ctx, owner.id, token)).toBeNull();
  expect(await refusal(confirmAddress(segue.ctx, owner.id, { token }))).toMatchObject({
    code: "not_found",
  });
});

test("signing up again and again deletes nothing that the mailbox can't be asked about", async () => {
  const most = limits.strangersMail.windows[0].most;
  await askUnconfirmed(segue.ctx, mia.id);
  for (let times = 1; times < most; times++) {
    expect(await makeRoomFor(segue.ctx, mia.email)).toBe(true);
    await signUp(mia.email);
  }
  const standing = (
    await segue.rows(`select id from identity."user" where email = '${mia.email}'`)
  )[0];
  expect(await refusal(makeRoomFor(segue.ctx, mia.email))).toMatchObject({ code: "too_many" });
  expect(await left("people", "id", String(standing?.id))).toBe(1);
  // And the mailbox's owner has a way in all the same, by the newest of those mails.
  await askUnconfirmed(segue.ctx, String(standing?.id), true);
  const newPassword = "zug nach ulm um sieben";
  await confirmAddress(segue.ctx, null, { token: await tokenTo(mia.email), newPassword });
  expect(await status(newPassword)).toBe(200);
});

test("an account that is confirmed, was there before, or has a lesson makes no room", async () => {
  const tutor = await segue.person("tutor");
  await segue.connect(tutor, "zoom");
  await segue.book(tutor, { ...mia, isConfirmed: true });
  const [before, confirmed] = [
    await signUp("before@people.example"),
    await segue.person("student"),
  ];
  await segue.rows(
    `update people set signed_up_unasked = true where id = '${before.id}' returning 1`,
  );
  segue.clock.advance({ minutes: 60 * 24 * 8 });
  for (const { email, id } of [mia, before, confirmed]) {
    await makeRoomFor(segue.ctx, email);
    await removeUnconfirmed(segue.ctx);
    expect(await left("people", "id", id)).toBe(1);
  }
});

test("an account that nobody confirms and nobody used vanishes after a week, not before", async () => {
  await askUnconfirmed(segue.ctx, mia.id);
  segue.clock.advance({ minutes: 60 * 24 * 6 });
  await removeUnconfirmed(segue.ctx);
  expect(await left("people", "id")).toBe(1);
  segue.clock.advance({ minutes: 60 * 25 });
  await removeUnconfirmed(segue.ctx);
  expect(await left("people", "id")).toBe(0);
  expect(await status(PASSWORD)).toBe(401);
});

test("“This wasn't me” deletes only what was never used, and only if it was chosen", async () => {
  const token = await asked();
  expect(await refusal(disownAccount(segue.ctx, { token }))).toMatchObject({
    code: "invalid_input",
  });
  await disownAccount(segue.ctx, { token, answer: "keep" });
  expect(await left("people", "id")).toBe(1);
  await disownAccount(segue.ctx, { token, answer: "delete" });
  expect(await left("people", "id")).toBe(0);
});

test("support is nobody whose address isn't confirmed, and signs in anew", async () => {
  expect(await refusal(makeAdmin(segue.ctx, mia.email))).toMatchObject({
    code: "address_unconfirmed",
  });
  const before = await signIn(PASSWORD);
  await confirmByHand(segue.ctx, mia.email);
  await makeAdmin(segue.ctx, mia.email);
  expect(await knows(before)).toBe(false);
});
