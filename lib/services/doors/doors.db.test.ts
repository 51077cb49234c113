import { expect, test } from "vitest";
import { asService } from "#lib/platform/db.ts";
import { raiseLinkVersion } from "#lib/records/doors/queries.ts";
import { rotateKeys } from "#lib/services/calls/rotateKeys.ts";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { accountOf } from "#lib/services/telling/recipients.ts";
import { refusal, scene } from "#tests/harness/scene.ts";
import { enterDoor } from "./enterDoor.ts";
import { readDoor } from "./readDoor.ts";
import { sendLinksTo, sendNewLink } from "./sendLink.ts";

const { segue, tutor, student } = scene({
  tutor: { name: "Tara" },
  student: { language: "de", timeZone: "Europe/Berlin" },
});

async function linkOf(sessionId: string): Promise<string> {
  const self = await asService(segue.ctx.db, (trx) => accountOf(segue.ctx, trx, student.id));
  return /\/j\/(\w+)$/.exec(self.linkOf(sessionId))?.[1] ?? "";
}

const mails = () =>
  segue.rows(`select t.to_email, t.text_body from private.mail_texts t join mails m on m.id = t.mail_id
    where m.about = 'link' and t.to_email = '${student.email}' order by m.created_at`);

async function lesson(): Promise<{ id: string; token: string }> {
  await segue.connect(tutor, "zoom");
  const [id = ""] = await segue.lessons(tutor, student, 1);
  return { id, token: await linkOf(id) };
}

test("the door shows the lesson in its reader's language and zone, and writes nothing", async () => {
  const { token } = await lesson();
  expect(token).toHaveLength(38);
  const door = await readDoor(segue.ctx, token);
  expect(door).toMatchObject({
    hasEnded: false,
    tutorName: "Tara",
    language: "de",
    timeZone: "Europe/Berlin",
    linkState: "ready",
  });
  expect(JSON.stringify(door)).not.toMatch(/https?:/);
});

test("a mail program's changes to a link lead to the same door", async () => {
  const { token } = await lesson();
  const upper = token.toUpperCase();
  for (const text of [upper, `${token}.`, `${token})`, `${upper}>`, `${token},`, `${token} `]) {
    expect(await readDoor(segue.ctx, text), text).toMatchObject({ hasEnded: false });
  }
  for (const text of [`${token}a`, token.slice(1), token.slice(0, -1), ""]) {
    expect((await refusal(readDoor(segue.ctx, text))).code, text).toBe("not_found");
  }
});

test("nobody goes in but in the open window, and only that is a join", async () => {
  const { id, token } = await lesson();
  expect((await refusal(enterDoor(segue.ctx, token))).code).toBe("wrong_state");
  await segue.later({ hours: 23, minutes: 50 });
  await readDoor(segue.ctx, token);
  const joins = () =>
    segue.rows(`select person_id, as_guardian from session_joins where session_id = '${id}'`);
  expect(await joins()).toEqual([]);
  expect(await enterDoor(segue.ctx, token)).toMatchObject({
    url: expect.stringContaining("/zoom/"),
    passcode: null,
  });
  expect(await joins()).toEqual([{ person_id: student.id, as_guardian: false }]);
  await segue.later({ hours: 2 });
  expect((await refusal(enterDoor(segue.ctx, token))).code).toBe("wrong_state");
});

test("a cancelled lesson's door is closed with a plain word, and says what the tutor wrote", async () => {
  const { id, token } = await lesson();
  await segue.later({ hours: 23, minutes: 50 });
  expect(await readDoor(segue.ctx, token)).toMatchObject({ cancelledBecause: null });
  await cancelSession(segue.ctx, tutor, id, { message: "I have a cold." });
  expect(await readDoor(segue.ctx, token)).toMatchObject({
    status: "CANCELLED",
    cancelledBecause: "I have a cold.",
  });
  expect((await refusal(enterDoor(segue.ctx, token))).code).toBe("wrong_state");
});

test("a link that has ended shows nothing of its lesson, and has the new one sent", async () => {
  const { id, token } = await lesson();
  await asService(segue.ctx.db, (trx) =>
    raiseLinkVersion(trx, { personId: student.id, tutorId: null, slot: "student" }, segue.clock()),
  );
  expect(await readDoor(segue.ctx, token)).toEqual({
    hasEnded: true,
    language: "de",
    isOwnLanguage: true,
  });
  await segue.later({ hours: 23, minutes: 50 });
  expect(await refusal(enterDoor(segue.ctx, token))).toMatchObject({ code: "wrong_state" });
  await sendNewLink(segue.ctx, token, "203.0.113.7");
  const present = await linkOf(id);
  expect(present).not.toBe(token);
  expect((await mails()).at(-1)?.text_body).toContain(`/j/${present}`);
});

test("every link in a calendar opens after its lessons went to another host with another AUTH_SECRET", async () => {
  const { id, token } = await lesson();
  const config = {
    ...segue.ctx.config,
    appUrl: "https://elsewhere.example",
    authSecret: "x".repeat(40),
  };
  const elsewhere = { ...segue.ctx, config };
  const self = await asService(segue.ctx.db, (trx) => accountOf(elsewhere, trx, student.id));
  expect(self.linkOf(id)).toBe(`https://elsewhere.example/j/${token}`);
  await segue.later({ hours: 23, minutes: 50 });
  expect((await enterDoor(elsewhere, token)).url).toContain("/zoom/");
});

test("every door opens after the keys were rotated", async () => {
  const { token } = await lesson();
  const next = { id: "k2", secret: Buffer.alloc(32, 2) };
  const config = { ...segue.ctx.config, tokenKeys: [next, ...segue.ctx.config.tokenKeys] };
  await rotateKeys({ ...segue.ctx, config });
  const rotated = { ...segue.ctx, config: { ...config, tokenKeys: [next] } };
  expect(await readDoor(rotated, token)).toMatchObject({ hasEnded: false });
});

test("an old link's sign-in has the links sent to those of the lesson alone, so many times", async () => {
  const { id } = await lesson();
  for (let times = 0; times < 8; times++) await sendLinksTo(segue.ctx, id, "203.0.113.7");
  await sendLinksTo(segue.ctx, crypto.randomUUID(), "203.0.113.7");
  await sendLinksTo(segue.ctx, "nothing", "203.0.113.7");
  expect(await mails()).toHaveLength(5);
});
