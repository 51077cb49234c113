import { beforeEach, expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import type { Slot } from "#lib/records/doors/rules.ts";
import { limits } from "#lib/records/limits/rules.ts";
import { advanceSessions } from "#lib/services/sessions/advanceSessions.ts";
import { acceptRequest, declineRequest } from "#lib/services/sessions/answerRequest.ts";
import { askForTime, withdrawRequest } from "#lib/services/sessions/askForTime.ts";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { getSession, sessionsAskedAbout } from "#lib/services/sessions/listSessions.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { sendMails } from "#lib/services/telling/sendMails.ts";
import { agreedGuardian } from "#tests/harness/asking/guardian.ts";
import { personalLink } from "#tests/harness/links/personalLink.ts";
import { ownMailbox } from "#tests/harness/mailbox.ts";
import { refusal, scene } from "#tests/harness/scene.ts";
import { askAtDoor, withdrawAtDoor } from "./askAtDoor.ts";
import { readDoor } from "./readDoor.ts";

const { segue, tutor, student } = scene({
  tutor: { name: "Tara" },
  student: { name: "Sam", timeZone: "Europe/Berlin" },
});
const mailbox = ownMailbox();
let id = "";
let guardian = "";

beforeEach(async () => {
  segue.clock.set("2026-11-02T09:00:00Z");
  await segue.connect(tutor, "zoom");
  guardian = `guardian.${student.email}`;
  [id = ""] = await segue.book(tutor, student, {
    startsAt: new Date("2026-11-09T15:00:00Z"),
    subject: "Algebra",
  });
  await segue.work();
  await agreedGuardian(segue, student, guardian);
  await sendMails(segue.ctx, mailbox.mailer);
  mailbox.empty();
});

const wish = { startsAtLocal: "2026-11-10T17:00", timeZone: "Europe/Berlin" };
const asked = (more: object = {}) => askForTime(segue.ctx, student, id, { ...wish, ...more });
const requests = () =>
  segue.rows(`select id, status, as_guardian from change_requests where session_id = '${id}'
    order by created_at, id`);
const statuses = async () => (await requests()).map(({ status }) => status);
const newest = async () => String((await requests()).at(-1)?.id);
const token = async (slot: Slot = "student") =>
  /\/j\/(\w+)$/.exec(await personalLink(segue, student, id, slot))?.[1] ?? "";
const mailed = async () => {
  await sendMails(segue.ctx, mailbox.mailer);
  return mailbox.mails().map(({ to, subject, text }) => ({ to, subject, text }));
};
const code = async (work: Promise<unknown>) => (await refusal(work)).code;

test("a student asks, the tutor agrees: the lesson moves, and student and guardian hear of it once", async () => {
  await asked({ message: "I have a match." });
  const [question, ...others] = await mailed();
  expect(others).toEqual([]);
  expect(question).toMatchObject({ to: tutor.email });
  expect(question?.subject).toContain("“Sam” asks for another time");
  expect(question?.text).toContain("10 November 2026 at 16:00");
  expect(question?.text).toContain("“Sam” writes: “I have a match.”");
  const open = { from: "student", status: "open", startsAtLocal: "2026-11-10T17:00" };
  expect(await getSession(segue.ctx, student, id)).toMatchObject({ changeRequest: open });
  expect(await sessionsAskedAbout(segue.ctx, tutor)).toMatchObject([{ id, changeRequest: open }]);
  mailbox.empty();
  expect(await acceptRequest(segue.ctx, tutor, await newest())).toBe(id);
  expect(await segue.sessions(tutor)).toMatchObject([
    { starts_local: "2026-11-10T17:00", time_zone: "Europe/Berlin", revision: 2 },
  ]);
  expect(await statuses()).toEqual(["accepted"]);
  const answers = await mailed();
  expect(answers.map(({ to }) => to).sort()).toEqual([guardian, student.email].sort());
  for (const { text } of answers) expect(text).toContain("“Tara” has agreed to the other time");
  expect(await sessionsAskedAbout(segue.ctx, tutor)).toEqual([]);
});

test("the tutor declines with a message, and the lesson stays", async () => {
  await asked();
  mailbox.empty();
  await declineRequest(segue.ctx, tutor, await newest(), { message: "I teach until six." });
  const answers = (await mailed()).filter(({ to }) => to !== tutor.email);
  expect(answers.map(({ to }) => to).sort()).toEqual([guardian, student.email].sort());
  for (const { text } of answers) expect(text).toContain("“Tara” writes: “I teach until six.”");
  expect(await getSession(segue.ctx, student, id)).toMatchObject({
    scheduledStartAt: "2026-11-09T15:00:00.000Z",
    changeRequest: { status: "declined", answer: "I teach until six." },
  });
  expect(await code(acceptRequest(segue.ctx, tutor, await newest()))).toBe("wrong_state");
});

test("a guardian asks from the door and takes it back there; the student's link can't", async () => {
  const [own, theirs] = [await token(), await token("guardian")];
  await askAtDoor(segue.ctx, theirs, { ...wish, message: "A concert." });
  expect(await requests()).toMatchObject([{ status: "open", as_guardian: true }]);
  expect((await mailed())[0]?.text).toContain("The guardian of “Sam”");
  expect(await readDoor(segue.ctx, theirs)).toMatchObject({
    changeRequest: { from: "guardian", isOwn: true, message: "A concert." },
  });
  expect(await readDoor(segue.ctx, own)).toMatchObject({ changeRequest: { isOwn: false } });
  expect(await code(withdrawAtDoor(segue.ctx, own))).toBe("wrong_state");
  expect(await code(withdrawRequest(segue.ctx, student, await newest()))).toBe("not_allowed");
  await withdrawAtDoor(segue.ctx, theirs);
  expect(await statuses()).toEqual(["withdrawn"]);
  segue.clock.advance({ minutes: 1 });
  await askAtDoor(segue.ctx, own, wish);
  await withdrawRequest(segue.ctx, student, await newest());
  expect(await statuses()).toEqual(["withdrawn", "withdrawn"]);
});

test("a question that was taken back before its mail went out reaches nobody", async () => {
  await asked();
  await withdrawRequest(segue.ctx, student, await newest());
  expect(await mailed()).toEqual([]);
});

test("at most one question is open for a lesson, also of many at once", async () => {
  const guardians = await token("guardian");
  const codes = await Promise.all([
    ...Array.from({ length: 3 }, () => code(asked())),
    ...Array.from({ length: 3 }, () => code(askAtDoor(segue.ctx, guardians, wish))),
  ]);
  expect(codes.filter((one) => one === "done")).toHaveLength(1);
  expect(codes.filter((one) => one === "wrong_state")).toHaveLength(5);
  expect(await statuses()).toEqual(["open"]);
});

test.each([
  ["moved", () => rescheduleSession(segue.ctx, tutor, id, { startsAt: "2026-11-12T10:00:00Z" })],
  ["cancelled", () => cancelSession(segue.ctx, tutor, id)],
  [
    "begun",
    async () => {
      segue.clock.set("2026-11-09T15:00:00Z");
      await advanceSessions(segue.ctx);
    },
  ],
])("a question about a lesson that was %s closes by itself", async (_, change) => {
  await asked();
  const request = await newest();
  await change();
  expect(await statuses()).toEqual(["closed"]);
  expect(await code(acceptRequest(segue.ctx, tutor, request))).toBe("wrong_state");
  expect(await sessionsAskedAbout(segue.ctx, tutor)).toEqual([]);
  const subjects = (await mailed()).map(({ subject }) => subject);
  expect(subjects.filter((one) => one.includes("asks for"))).toEqual([]);
});

test("a time at which the tutor has another lesson is neither asked for nor agreed to, and then the question stays", async () => {
  const elsewhere = () =>
    segue.book(tutor, student, { startsAt: new Date("2026-11-10T16:00:00Z"), subject: "Dutch" });
  await asked();
  const [other = ""] = await elsewhere();
  expect(await refusal(acceptRequest(segue.ctx, tutor, await newest()))).toMatchObject({
    code: "overlap",
    message: expect.stringContaining("Dutch with Sam"),
  });
  expect(await statuses()).toEqual(["open"]);
  await withdrawRequest(segue.ctx, student, await newest());
  expect(await code(asked())).toBe("overlap");
  await cancelSession(segue.ctx, tutor, other);
  expect(await code(asked())).toBe("done");
});

test("only the lesson's own people ask and answer, about a time to come", async () => {
  expect(await code(askForTime(segue.ctx, tutor, id, wish))).toBe("not_allowed");
  const stranger = await segue.person("student");
  expect(await code(askForTime(segue.ctx, stranger, id, wish))).toBe("not_found");
  expect(await code(askAtDoor(segue.ctx, "a".repeat(38), wish))).toBe("not_found");
  const now = "2026-11-09T15:00:00Z";
  expect(await code(asked({ startsAtLocal: undefined, startsAt: now }))).toBe("invalid_input");
  expect(await code(asked({ startsAtLocal: "2026-11-01T10:00" }))).toBe("in_the_past");
  expect(await code(asked({ startsAtLocal: "2029-11-01T10:00" }))).toBe("invalid_input");
  await asked();
  const request = await newest();
  const other = await segue.person("tutor");
  expect(await code(acceptRequest(segue.ctx, other, request))).toBe("not_found");
  expect(await code(acceptRequest(segue.ctx, student, request))).toBe("not_allowed");
  expect(await code(declineRequest(segue.ctx, student, request))).toBe("not_allowed");
  expect(await code(withdrawRequest(segue.ctx, tutor, request))).toBe("not_allowed");
  expect(await code(withdrawRequest(segue.ctx, stranger, request))).toBe("not_found");
  expect(await statuses()).toEqual(["open"]);
});

test("a link that has ended asks for nothing", async () => {
  const guardians = await token("guardian");
  await segue.rows(`update private.asks set ended_at = now(), email = null, mailbox = null
    where asker_id = '${student.id}'`);
  expect(await code(askAtDoor(segue.ctx, guardians, wish))).toBe("wrong_state");
  expect(await statuses()).toEqual([]);
});

test("nobody floods a tutor's mailbox with questions, by whatever link", async () => {
  const [{ most, seconds }] = limits.timeAsked.windows;
  const guardians = await token("guardian");
  for (let times = 0; times < most; times++) {
    if (times % 2 === 0) {
      await asked();
      await withdrawRequest(segue.ctx, student, await newest());
    } else {
      await askAtDoor(segue.ctx, guardians, wish);
      await withdrawAtDoor(segue.ctx, guardians);
    }
    segue.clock.set(addMinutes(segue.clock(), 1));
  }
  expect(await code(asked())).toBe("too_many");
  expect(await code(askAtDoor(segue.ctx, guardians, wish))).toBe("too_many");
  segue.clock.advance({ seconds });
  expect(await code(asked())).toBe("done");
});
