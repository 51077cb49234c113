import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { answerAsk } from "#lib/services/students/answer.ts";
import {
  askGuardianAgain,
  getPreferences,
  updatePreferences,
} from "#lib/services/telling/preferences.ts";
import { sendMails } from "#lib/services/telling/sendMails.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { agreedGuardian, answerAt, tokenIn, tokensTo } from "#tests/harness/asking/guardian.ts";
import { ownMailbox } from "#tests/harness/mailbox.ts";
import { refusal, scene } from "#tests/harness/scene.ts";
import { readQuestion } from "./answer.ts";

const { segue, tutor, student } = scene({
  start: "2026-10-20T08:00:00Z",
  tutor: { name: "Tara" },
  student: { name: "Dev" },
});
const mailbox = ownMailbox();
/** The guardian's address, new for each test. */
let guardian = "";
beforeEach(async () => {
  guardian = `g${randomUUID()}@people.example`;
  await send();
  await segue.connect(tutor, "zoom");
});

test("an address is asked once, in our words with the asker's name, and gets nothing else until it agrees", async () => {
  await name(student, guardian);
  await segue.book(tutor, student);
  const [question, ...others] = await send(guardian);
  expect(others).toEqual([]);
  expect(question?.subject).toBe("May “Dev” send you copies of emails about their lessons?");
  const token = tokenIn(question?.text ?? "");
  const url = `http://localhost:3000/asked/${token}`;
  expect(question?.text).toContain(`Yes: ${url}\n\nNo, never: ${url}\n`);
  expect(await answerAsk(segue.ctx, token, { answer: "yes" })).toEqual({
    asker: "Dev",
    kind: "guardian",
    holds: "yes",
  });
  expect((await send(guardian)).map(({ subject }) => subject)).toEqual([
    "Your link to “Mathematics”, “Dev”",
  ]);
  await segue.book(tutor, student, { startsAt: inDays(3) });
  expect((await send(guardian)).map(({ subject }) => subject)).toEqual([
    "“Tara” accepted: “Mathematics”",
  ]);
  expect(await standing(student)).toMatchObject({ state: "agreed", askAgainAt: null });
});

test("each mail in another's name says how to end them, in its text and for the mail program's own button", async () => {
  await agreedGuardian(segue, student, guardian);
  await segue.book(tutor, student);
  const mails = await send(guardian);
  expect(mails).toHaveLength(2);
  for (const { text, html, raw } of mails) {
    const url = `http://localhost:3000/asked/${tokenIn(text)}`;
    expect(html).toContain(`<a href="${url}"`);
    const head = `\r\n${raw.split("\r\n\r\n")[0] ?? ""}\r\n`.replace(/\r\n\s+/g, " ");
    expect(head).toContain(`\r\nList-Unsubscribe: <${url}/never>\r\n`);
    expect(head).toContain("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
  }
  const [own] = mailbox.mails(student.email);
  expect(own?.raw).not.toContain("List-Unsubscribe");
  const kept = await segue.rows(
    "select mail_id as id from private.mail_texts where unsubscribe_url is not null",
  );
  expect(kept).toEqual([]);
});

test("a yes holds for its asker alone, also for an address with an account", async () => {
  const parent = await segue.person("tutor");
  await agreedGuardian(segue, student, parent.email);
  const other = await segue.person("student");
  await name(other, parent.email);
  await segue.book(tutor, other);
  const subjects = (await send(parent.email)).map(({ subject }) => subject);
  expect(subjects.filter((subject) => subject.startsWith("May "))).toHaveLength(2);
  expect(subjects).toHaveLength(2);
});

test("“No, never” ends what is on its way and what anybody would send, and only the mailbox takes it back", async () => {
  const other = await segue.person("student");
  await agreedGuardian(segue, student, guardian);
  await name(other, guardian);
  const [ofOther = ""] = await tokensTo(segue, guardian);
  await answerAsk(segue.ctx, ofOther, { answer: "yes" });
  await send();
  await segue.book(tutor, student);
  await answerAsk(segue.ctx, ofOther, { answer: "never" });
  await segue.book(tutor, other, { startsAt: inDays(3) });
  expect(await send(guardian)).toEqual([]);
  for (const asker of [student, other]) {
    expect(await standing(asker)).toMatchObject({ state: "cannot" });
  }
  segue.clock.advance({ hours: 31 * 24 });
  expect(await askGuardianAgain(segue.ctx, student)).toMatchObject({
    guardian: { state: "cannot" },
  });
  await name(await segue.person("student"), guardian);
  expect(await send(guardian)).toEqual([]);

  await answerAsk(segue.ctx, ofOther, { answer: "yes" });
  expect(await standing(other)).toMatchObject({ state: "agreed" });
  // What the mailbox had said to the first student before doesn't come back by itself.
  expect(await standing(student)).toMatchObject({ state: "cannot" });
});

test.each(["plus+tag", "UPPER", "another+Plus"])(
  "“No, never” is the mailbox's, however its address is written: %s",
  async (spelling) => {
    const at = guardian.indexOf("@");
    const other = spelling.includes("+")
      ? `${guardian.slice(0, at)}+${spelling}${guardian.slice(at)}`
      : guardian.toUpperCase();
    await name(student, guardian);
    await answerAt(segue, guardian, "never");
    await name(await segue.person("student"), other);
    expect(await send(other.toLowerCase())).toEqual([]);
    await name(await segue.person("student"), guardian.replace("@", "+x@"));
    expect(await send(guardian.replace("@", "+x@"))).toEqual([]);
  },
);

test("one that never answered is asked once in 30 days, whoever asks", async () => {
  await name(student, guardian);
  const other = await segue.person("student");
  expect(await name(other, guardian)).toMatchObject({ state: "cannot", askedAt: null });
  segue.clock.advance({ hours: 30 * 24 - 1 });
  expect(await name(await segue.person("student"), guardian)).toMatchObject({ state: "cannot" });
  expect(await refusal(askGuardianAgain(segue.ctx, other))).toMatchObject({ code: "too_many" });
  expect(await refusal(askGuardianAgain(segue.ctx, student))).toMatchObject({
    code: "too_many",
  });
  expect(await send(guardian)).toHaveLength(1);
  segue.clock.advance({ hours: 1 });
  expect(await askGuardianAgain(segue.ctx, student)).toMatchObject({
    guardian: { state: "asked" },
  });
  expect(await askGuardianAgain(segue.ctx, other)).toMatchObject({ guardian: { state: "cannot" } });
  expect(await send(guardian)).toHaveLength(1);
});

test("taking an address out and putting it in again asks no second time", async () => {
  for (let again = 0; again < 3; again++) {
    await name(student, guardian);
    await name(student, null);
  }
  await name(student, guardian);
  expect(await send(guardian)).toHaveLength(1);
  await name(student, null);
  expect((await name(student, guardian))?.state).toBe("asked");
  expect(await send(guardian)).toHaveLength(0);
});

test("one that has said yes to somebody is asked by others, at most three times in 30 days", async () => {
  await agreedGuardian(segue, student, guardian);
  const states = [];
  for (let other = 0; other < 4; other++) {
    states.push((await name(await segue.person("student"), guardian))?.state);
  }
  expect(states).toEqual(["asked", "asked", "cannot", "cannot"]);
  expect(await send(guardian)).toHaveLength(3);
  segue.clock.advance({ hours: 30 * 24 });
  expect(await name(await segue.person("student"), guardian)).toMatchObject({ state: "asked" });
});

test("that it agreed to somebody counts on when that somebody takes it out", async () => {
  await agreedGuardian(segue, student, guardian);
  await name(student, null);
  expect(await name(await segue.person("student"), guardian)).toMatchObject({ state: "asked" });
});

test.each([1, 3])("many at once ask no more than one by one: %i", async (most) => {
  if (most === 3) {
    await agreedGuardian(segue, student, guardian);
    await send();
    segue.clock.advance({ hours: 31 * 24 });
  }
  const askers = [];
  for (let i = 0; i < 8; i++) askers.push(await segue.person("student"));
  await Promise.all(askers.map((asker) => name(asker, guardian)));
  expect(await send(guardian)).toHaveLength(most);
});

test("a yes and a “never” at the same time end in one of them, and what was last is in force", async () => {
  await name(student, guardian);
  const [token = ""] = await tokensTo(segue, guardian);
  const both = (["yes", "never"] as const).map((answer) => answerAsk(segue.ctx, token, { answer }));
  await Promise.all(both);
  const { holds } = await readQuestion(segue.ctx, token);
  const { state } = (await standing(student)) ?? {};
  expect([holds, state]).toEqual(holds === "yes" ? ["yes", "agreed"] : ["never", "cannot"]);
});

test("changing the address ends the yes of the old one, and its link still says how it stands", async () => {
  await agreedGuardian(segue, student, guardian);
  const [old = ""] = await tokensTo(segue, guardian);
  await send();
  await segue.book(tutor, student);
  const next = `next.${guardian}`;
  expect(await name(student, next)).toMatchObject({ state: "asked" });
  expect(await send(guardian)).toEqual([]);
  expect(await readQuestion(segue.ctx, old)).toMatchObject({ asker: "Dev", holds: "ended" });
  expect(await answerAsk(segue.ctx, old, { answer: "yes" })).toMatchObject({ holds: "ended" });
  expect(await standing(student)).toMatchObject({ state: "asked" });
  expect(await answerAsk(segue.ctx, old, { answer: "never" })).toMatchObject({
    holds: "never",
  });
  expect(await name(student, guardian)).toMatchObject({ state: "cannot" });
  const kept = await segue.rows(
    `select from private.asks where ended_at is not null and email is not null`,
  );
  expect(kept).toEqual([]);
});

test("one person has few addresses asked, and is told at the field", async () => {
  const asked = [];
  for (let i = 0; i < 11; i++) {
    asked.push(
      await updatePreferences(segue.ctx, student, { guardianEmail: `${i}.${guardian}` }).then(
        () => "asked",
        ({ code, field }) => `${code} ${field}`,
      ),
    );
  }
  expect(asked).toEqual([...Array(10).fill("asked"), "too_many guardianEmail"]);
  // The refusal left the address before as it was.
  expect((await getPreferences(segue.ctx, student)).guardianEmail).toBe(`9.${guardian}`);
});

test("saving the other choices asks nobody again", async () => {
  await name(student, guardian);
  await updatePreferences(segue.ctx, student, { remindDay: false, guardianEmail: guardian });
  await updatePreferences(segue.ctx, student, { remindHour: false });
  expect(await send(guardian)).toHaveLength(1);
});

const inDays = (days: number) => new Date(segue.clock().getTime() + days * 86_400_000);

const name = async (asker: Person, guardianEmail: string | null) =>
  (await updatePreferences(segue.ctx, asker, { guardianEmail })).guardian;

const standing = async (asker: Person) => (await getPreferences(segue.ctx, asker)).guardian;

/** Sends what is in the outbox. @returns the mails that this brought there */
async function send(to = "") {
  mailbox.empty();
  await sendMails(segue.ctx, mailbox.mailer);
  return mailbox.mails(to);
}
