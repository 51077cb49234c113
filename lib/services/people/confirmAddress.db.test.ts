import { beforeAll, beforeEach, expect, test } from "vitest";
import { sha256 } from "#lib/platform/crypto.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { stillValid } from "#server/account/stillValid.ts";
import { type Auth, createAuth } from "#server/auth.ts";
import { refusal, scene } from "#tests/harness/scene.ts";
import { askAgain, askUnconfirmed } from "./askToConfirm.ts";
import { changeAddress } from "./changeAccount.ts";
import { confirmAddress, disownAccount, lookAtConfirmation } from "./confirmAddress.ts";
import { makeAdmin } from "./makeAdmin.ts";
import { confirmByHand, makeRoomFor, removeUnconfirmed } from "./unconfirmed.ts";

const { segue } = scene({ shared: true });
const PASSWORD = "correct horse battery";
let auth: Auth;
let mia: Person;
let count = 0;
beforeAll(() => {
  auth = createAuth(segue.ctx);
});
beforeEach(async () => {
  count += 1;
  mia = await signUp(`mia${count}@people.example`);
});

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

test("a link that sets a password is dead once the account has another address", async () => {
  await confirmByHand(segue.ctx, mia.email);
  mia.isConfirmed = true;
  const token = await resetToken();
  const email = `moved${count}@people.example`;
  await changeAddress(segue.ctx, mia, { email, password: PASSWORD });
  await confirmAddress(segue.ctx, mia.id, { token: await tokenTo(email) });
  expect(await reset(token)).toBe(400);
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

test("a mistyped new address gives nobody anything, neither by its link nor by a reset", async () => {
  await confirmByHand(segue.ctx, mia.email);
  mia.isConfirmed = true;
  const email = `typo${count}@people.example`;
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
  const email = `new${count}@people.example`;
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

test("an address that somebody has is never asked, and never taken", async () => {
  const other = await segue.person("student");
  await changeAddress(segue.ctx, mia, { email: other.email, password: PASSWORD });
  expect(await mailsTo(other.email)).toBe(0);
  const email = `late${count}@people.example`;
  await changeAddress(segue.ctx, mia, { email, password: PASSWORD });
  const token = await tokenTo(email);
  await signUp(email);
  expect(await refusal(confirmAddress(segue.ctx, mia.id, { token }))).toMatchObject({
    code: "wrong_state",
  });
});

test("of two who confirm the same new address at once, one has it and one is told so", async () => {
  const email = `both${count}@people.example`;
  const other = await signUp(`other${count}@people.example`);
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

let senders = 0;
function ask(what: string, body: object): Promise<Response> {
  senders += 1;
  return auth.handler(
    new Request(`${segue.ctx.config.appUrl}/api/account/${what}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-segue-client": `203.0.113.${senders % 250}`,
      },
      body: JSON.stringify(body),
    }),
  );
}

async function signUp(email: string): Promise<Person> {
  const timeZone = "Europe/Berlin";
  const answer = await ask("sign-up/email", {
    email,
    password: PASSWORD,
    name: "Mia",
    role: "student",
    timeZone,
  });
  const { id } = (await answer.json()).user;
  await segue.rows(`update people set created_at = '${segue.clock().toISOString()}'
    where id = '${id}' returning 1`);
  return { id, email, name: "Mia", role: "student", timeZone, language: "en", isConfirmed: false };
}

const enter = (password: string, email = mia.email) => ask("sign-in/email", { email, password });
const status = async (password: string, email?: string) => (await enter(password, email)).status;
const signIn = async (password: string) =>
  (await enter(password)).headers.getSetCookie()[0]?.split(";")[0] ?? "";
const knows = async (cookie: string) =>
  (await auth.api.getSession({ headers: new Headers({ cookie }) })) !== null;

async function asked(): Promise<string> {
  await askAgain(segue.ctx, mia);
  const token = await tokenTo(mia.email);
  // What is kept of it opens nothing.
  expect(await lookAtConfirmation(segue.ctx, mia.id, sha256(token))).toBeNull();
  return token;
}

const textsTo = (email: string) =>
  segue.rows(`select t.text_body from private.mail_texts t join mails m on m.id = t.mail_id
    where t.to_email = '${email}' order by m.created_at desc, m.ctid desc`);
const mailsTo = async (email: string) => (await textsTo(email)).length;

async function tokenTo(email: string, but = ""): Promise<string> {
  const texts = (await textsTo(email)).map(({ text_body: text }) => String(text));
  return (
    texts
      .map((text) => /confirm-address\?token=(\S+)/.exec(text)?.[1])
      .find((found) => found && found !== but) ?? ""
  );
}

async function resetToken(): Promise<string> {
  const seen = new Set((await textsTo(mia.email)).map(({ text_body: text }) => text));
  await ask("request-password-reset", { email: mia.email });
  const text = (await textsTo(mia.email)).find(({ text_body: body }) => !seen.has(body))?.text_body;
  return /reset-password\?token=(\S+)/.exec(String(text))?.[1] ?? "";
}

const reset = async (token: string) =>
  (await ask("reset-password", { token, newPassword: "zug nach ulm um sieben" })).status;

const isConfirmed = async () =>
  (await segue.rows(`select confirmed_at from people where id = '${mia.id}'`))[0]?.confirmed_at !==
  null;
const addressOf = async () =>
  (await segue.rows(`select email from private.addresses where person_id = '${mia.id}'`))[0]?.email;
const left = async (table: string, column = "person_id", id = mia.id) =>
  (await segue.rows(`select from ${table} where ${column} = '${id}'`)).length;
