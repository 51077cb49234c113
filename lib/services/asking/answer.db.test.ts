import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { rotateKeys } from "#lib/services/calls/rotateKeys.ts";
import { answerAsk } from "#lib/services/students/answer.ts";
import { getPreferences, updatePreferences } from "#lib/services/telling/preferences.ts";
import { sendMails } from "#lib/services/telling/sendMails.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { agreedGuardian, tokensTo } from "#tests/harness/asking/guardian.ts";
import { ownMailbox } from "#tests/harness/mailbox.ts";
import { refusal, scene } from "#tests/harness/scene.ts";
import { readQuestion } from "./answer.ts";

const { segue, tutor, student } = scene({
  start: "2026-10-20T08:00:00Z",
  student: { name: "Dev" },
});
const mailbox = ownMailbox();
/** The guardian's address, new for each test. */
let guardian = "";
beforeEach(() => {
  guardian = `g${randomUUID()}@people.example`;
});

test("a token is looked up in any case and with what sticks to it, and opens nothing otherwise", async () => {
  await name(student, guardian);
  const [token = ""] = await tokensTo(segue, guardian);
  expect(token).toMatch(/^[a-z2-7]{52}$/);
  for (const written of [token.toUpperCase(), `${token}.`, `${token}>)`, `${token}%3E`]) {
    expect(await readQuestion(segue.ctx, written)).toMatchObject({ holds: "open" });
  }
  const wrong = ["", "x", token.slice(1), `${token}a`, "a".repeat(52), guardian, "\u0000", "%00"];
  for (const text of wrong) {
    expect(await refusal(readQuestion(segue.ctx, text))).toMatchObject({ code: "not_found" });
    expect(await refusal(answerAsk(segue.ctx, text, { answer: "yes" }))).toMatchObject({
      code: "not_found",
    });
  }
  const stored = JSON.stringify(await segue.rows("select * from private.answer_links"));
  expect(stored).not.toContain(token);
});

test.each([undefined, {}, { answer: "" }, { answer: "no" }, { answer: ["yes"] }, "yes"])(
  "an answer that is none changes nothing: %j",
  async (body) => {
    await name(student, guardian);
    const [token = ""] = await tokensTo(segue, guardian);
    expect(await refusal(answerAsk(segue.ctx, token, body))).toMatchObject({
      code: "invalid_input",
    });
    expect(await readQuestion(segue.ctx, token)).toMatchObject({ holds: "open" });
  },
);

test("one link answers some twenty times in ten minutes", async () => {
  await name(student, guardian);
  const [token = ""] = await tokensTo(segue, guardian);
  for (let i = 0; i < 20; i++) await answerAsk(segue.ctx, token, { answer: "yes" });
  expect(await refusal(answerAsk(segue.ctx, token, { answer: "never" }))).toMatchObject({
    code: "too_many",
  });
  segue.clock.advance({ minutes: 11 });
  expect(await answerAsk(segue.ctx, token, { answer: "never" })).toMatchObject({
    holds: "never",
  });
});

test("whose account is gone can still be told “never”", async () => {
  await name(student, guardian);
  const [token = ""] = await tokensTo(segue, guardian);
  await segue.rows(`delete from private.asks where asker_id = '${student.id}'`);
  expect(await readQuestion(segue.ctx, token)).toEqual({
    asker: null,
    kind: "guardian",
    holds: "ended",
  });
  await answerAsk(segue.ctx, token, { answer: "never" });
  expect(await name(await segue.person("student"), guardian)).toMatchObject({ state: "cannot" });
});

test("a “never” outlives the rotation of keys; without its key nobody is mailed, and lessons go on", async () => {
  const { config } = segue.ctx;
  const [old] = config.tokenKeys;
  const fresh = { id: "k2", secret: Buffer.alloc(32, 2) };
  const withKeys = (...tokenKeys: typeof config.tokenKeys) => {
    segue.ctx.config = { ...config, tokenKeys };
  };
  if (!old) throw new Error("There is no key");
  await segue.connect(tutor, "zoom");
  await agreedGuardian(segue, student, guardian);
  const [token = ""] = await tokensTo(segue, guardian);
  const other = await segue.person("student");
  await agreedGuardian(segue, other, `other.${guardian}`);
  await answerAsk(segue.ctx, token, { answer: "never" });
  try {
    await send();
    withKeys(fresh);
    await segue.book(tutor, other, { startsAt: new Date("2026-10-25T08:00:00Z") });
    expect(await send(`other.${guardian}`)).toEqual([]);
    expect(segue.messages().join()).toContain("TOKEN_ENCRYPTION_KEYS lacks the key");
    withKeys(fresh, old);
    await rotateKeys(segue.ctx);
    withKeys(fresh);
    expect(await standing(other)).toMatchObject({ state: "agreed" });
    expect(await name(await segue.person("student"), guardian)).toMatchObject({ state: "cannot" });
    expect(await send(guardian)).toEqual([]);
  } finally {
    withKeys(old, fresh);
    await rotateKeys(segue.ctx);
    segue.ctx.config = config;
  }
});

const name = async (asker: Person, guardianEmail: string | null) =>
  (await updatePreferences(segue.ctx, asker, { guardianEmail })).guardian;

const standing = async (asker: Person) => (await getPreferences(segue.ctx, asker)).guardian;

/** Sends what is in the outbox. @returns the mails that this brought there */
async function send(to = "") {
  mailbox.empty();
  await sendMails(segue.ctx, mailbox.mailer);
  return mailbox.mails(to);
}
