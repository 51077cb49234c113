import { beforeEach, expect, test } from "vitest";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { joinSession } from "#lib/services/sessions/joinSession.ts";
import { refreshSessionLinks } from "#lib/services/switching/refreshSessionLinks.ts";
import { undoMigration } from "#lib/services/switching/undoMigration.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { agreedGuardian } from "#tests/harness/asking/guardian.ts";
import { personalLink } from "#tests/harness/links/personalLink.ts";
import { ownMailbox } from "#tests/harness/mailbox.ts";
import { scene } from "#tests/harness/scene.ts";
import type { Segue } from "#tests/harness/segue.ts";
import { UID_HOST } from "#tests/harness/segue.ts";
import { listNotes, markNoteSeen } from "./notes.ts";
import { notifyEverybody, notifyPeople } from "./notifyPeople.ts";
import { updatePreferences } from "./preferences.ts";
import { sendMails } from "./sendMails.ts";

const { segue, tutor, student } = scene({
  tutor: { name: "Tara", timeZone: "Europe/Berlin" },
  student: { name: "Dev", timeZone: "Asia/Kolkata" },
});
const mailbox = ownMailbox();

beforeEach(async () => {
  await segue.connect(tutor, "zoom");
});

test("two minutes after a switch each side gets one mail with all lessons, and no second one", async () => {
  const ids = await lessons(3);
  await switchTo("google_meet");
  expect(await told({ seconds: 100 })).toEqual([]);
  const mails = await told({ seconds: 30 });
  expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
    [student.email, "3 lessons with “Tara”: now on Google Meet"],
    [tutor.email, "You moved 3 lessons to Google Meet"],
  ]);
  const [mail] = mails;
  for (const id of ids) expect(mail?.text).toContain(await personalLink(segue, student, id));
  expect(mail?.text).toContain("(Asia/Kolkata)");
  expect(mail?.calendar?.events.map(({ uid, sequence }) => [uid, sequence])).toEqual(
    ids.map((id) => [`${id}@${UID_HOST}`, 1]),
  );
  expect(mail?.calendar?.events[0]?.description).toContain("Google Meet");
  expect(await told({ minutes: 5 })).toEqual([]);
});

test("one lesson's calendar entry is brought up to date by itself", async () => {
  const [id = ""] = await lessons(1);
  await switchTo("google_meet");
  const [mail] = await told({ minutes: 3 });
  expect(mail?.calendar).toMatchObject({
    method: "REQUEST",
    events: [{ uid: `${id}@${UID_HOST}`, sequence: 1, attendees: [student.email] }],
  });
});

test("nobody is notified of a switch that was undone before anybody was", async () => {
  await lessons(2);
  const migrationId = await switchTo("google_meet");
  await undoMigration(segue.ctx, tutor, migrationId);
  expect(await told({ minutes: 10 })).toEqual([]);
  expect(await notes()).toEqual([]);
});

test("people are also notified of a switch undone after that, and the note about both is gone", async () => {
  await lessons(2);
  const migrationId = await switchTo("google_meet");
  expect(await told({ minutes: 3 })).toHaveLength(2);
  expect(await notes()).toEqual([["moved", "zoom", "google_meet", 2]]);
  await undoMigration(segue.ctx, tutor, migrationId);
  const [mail] = await told({ minutes: 3 });
  expect(mail?.subject).toBe("2 lessons with “Tara”: now on Zoom");
  expect(mail?.calendar?.events.map(({ sequence }) => sequence)).toEqual([3, 3]);
  expect(await notes()).toEqual([]);
});

test("new rooms at the same provider are no news: the links that people hold stay the same", async () => {
  await lessons(2);
  await refreshSessionLinks(segue.ctx, tutor);
  await segue.work();
  expect(await told({ minutes: 10 })).toEqual([]);
});

test("people are notified at once of a lesson within the hour, and of others' lessons once they have settled", async () => {
  const other = await segue.person("student");
  await segue.lessons(tutor, other, 1);
  await lessons(1, soon(50));
  await switchTo("google_meet");
  expect((await told()).map(({ to }) => to)).toEqual([student.email]);
  expect((await told({ minutes: 3 })).map(({ to }) => to).sort()).toEqual(
    [tutor.email, other.email].sort(),
  );
});

test("people are notified of lessons that wait for the provider's next day when those have moved, once", async () => {
  await segue.connect(tutor, "google_meet");
  await lessons(3);
  await segue.standIns.faults({
    provider: "zoom",
    operation: "create",
    effect: "daily_limit",
    titleIncludes: "Lesson 3.",
  });
  await switchTo("zoom");
  const moved = (await segue.sessions(tutor)).filter(({ provider }) => provider === "zoom").length;
  expect(moved).toBeGreaterThan(0);
  expect(moved).toBeLessThan(3);
  const first = await told({ minutes: 3 });
  expect(first[0]?.calendar?.events).toHaveLength(moved);
  await segue.standIns.faults();
  await segue.later({ hours: 16 });
  const onZoom = async () =>
    (await segue.sessions(tutor)).filter(({ provider }) => provider === "zoom").length;
  for (let looks = 0; looks < 5 && (await onZoom()) < 3; looks++) await segue.later({ minutes: 1 });
  const second = await told({ minutes: 3 });
  expect(second.find(({ to }) => to === student.email)?.calendar?.events).toHaveLength(3 - moved);
  expect(await told({ minutes: 20 })).toEqual([]);
});

test("people are notified of a switch that overtakes another as one move, from where they last were", async () => {
  await lessons(2);
  await switchTo("google_meet");
  await switchTo("zoom");
  expect(await told({ minutes: 3 })).toEqual([]);
  await switchTo("google_meet");
  const [mail] = await told({ minutes: 3 });
  expect(mail?.text).toContain("moved from Zoom to Google Meet");
});

test("two workers at the same time notify once", async () => {
  await lessons(2);
  await switchTo("google_meet");
  segue.clock.advance({ minutes: 3 });
  await Promise.all([1, 2, 3].map(() => notifyPeople(segue.ctx, tutor.id)));
  expect(await told()).toHaveLength(2);
});

test("a worker that dies while notifying leaves all of it to the next one", async () => {
  await lessons(2);
  await switchTo("google_meet");
  segue.clock.advance({ minutes: 3 });
  let left = 3;
  const dying = () => {
    if (left-- === 0) throw new Error("killed");
    return segue.ctx.newId();
  };
  await notifyPeople({ ...segue.ctx, newId: dying }, tutor.id);
  expect(segue.messages()).toContain("A tutor's people could not be told; tried again soon");
  expect(await notes()).toEqual([]);
  expect(await told()).toHaveLength(2);
});

test("who doesn't want this mail gets none, but finds the note; nobody is notified of a cancelled lesson", async () => {
  const ids = await lessons(2);
  await updatePreferences(segue.ctx, student, { roomNews: false });
  await updatePreferences(segue.ctx, tutor, { roomNews: false });
  await switchTo("google_meet");
  await cancelSession(segue.ctx, tutor, ids[0] ?? "");
  await told();
  expect(await told({ minutes: 3 })).toEqual([]);
  expect(await notes()).toEqual([["moved", "zoom", "google_meet", 1]]);
});

test("a note is dismissed with all that stood in it, by its own reader alone", async () => {
  await lessons(2);
  await switchTo("google_meet");
  await told({ minutes: 3 });
  const [note] = await listNotes(segue.ctx, student);
  await expect(
    markNoteSeen(segue.ctx, await segue.person("student"), note?.id ?? ""),
  ).rejects.toMatchObject({ code: "not_found" });
  expect(await notes()).toHaveLength(1);
  await markNoteSeen(segue.ctx, student, note?.id ?? "");
  expect(await notes()).toEqual([]);
  await switchTo("zoom");
  await told({ minutes: 3 });
  expect(await notes()).toEqual([["moved", "google_meet", "zoom", 2]]);
});

test("whoever has entered the old room is notified at once, and nobody who is in the new one", async () => {
  const [id = ""] = await lessons(1, soon(10));
  await segue.rows(`update sessions set status = 'JOIN_OPEN' where id = '${id}' returning 1`);
  await joinSession(segue.ctx, student, id);
  await updatePreferences(segue.ctx, student, { roomNews: false });
  await switchTo("google_meet");
  const mails = await told();
  expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
    [student.email, "New room for “Lesson 1.”: come over"],
  ]);
  expect(mails[0]?.text).toContain(await personalLink(segue, student, id));
  expect(await notes()).toEqual([["left", "zoom", "google_meet", 1]]);
  expect(await told()).toEqual([]);
  await joinSession(segue.ctx, tutor, id);
  expect(await told()).toEqual([]);
});

const openWith = async (entrant: Person) => {
  const [id = ""] = await lessons(1, soon(10));
  await segue.rows(`update sessions set status = 'JOIN_OPEN' where id = '${id}' returning 1`);
  await joinSession(segue.ctx, entrant, id);
  return id;
};

test("a guardian hears of a lesson that moved while the student stood in its old room", async () => {
  const guardianEmail = "guardian@people.example";
  await agreedGuardian(segue, student, guardianEmail);
  await openWith(student);
  await switchTo("google_meet");
  const mails = await told();
  expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
    [student.email, "New room for “Lesson 1.”: come over"],
    [guardianEmail, "A lesson with “Tara”: now on Google Meet"],
  ]);
  expect(mails.map(({ calendar }) => calendar?.events[0]?.sequence)).toEqual([1, 1]);
  const later = (await told({ minutes: 3 })).map(({ to }) => to);
  expect(later).toContain(tutor.email);
  expect(later).not.toContain(student.email);
  expect(later).not.toContain(guardianEmail);
});

test("a note doesn't send anybody out of the room that their lesson is in", async () => {
  const id = await openWith(student);
  const migrationId = await switchTo("google_meet");
  await told();
  expect(await notes()).toEqual([["left", "zoom", "google_meet", 1]]);
  await undoMigration(segue.ctx, tutor, migrationId);
  expect(await notes()).toEqual([]);
  await switchTo("google_meet");
  expect(await notes()).toEqual([["left", "zoom", "google_meet", 1]]);
  await joinSession(segue.ctx, student, id);
  expect(await notes()).toEqual([]);
});

test("a note that a later move has overtaken isn't shown", async () => {
  const id = await openWith(tutor);
  await switchTo("google_meet");
  await told({ minutes: 3 });
  expect(await notes()).toEqual([["moved", "zoom", "google_meet", 1]]);
  await joinSession(segue.ctx, student, id);
  await switchTo("zoom");
  await told();
  expect(await notes()).toEqual([["left", "google_meet", "zoom", 1]]);
});

/** Runs the worker's minute. @returns the mails since the last one */
const told = async (by: Parameters<Segue["later"]>[0] = {}) => {
  await segue.later(by);
  await notifyEverybody(segue.ctx);
  mailbox.empty();
  await sendMails(segue.ctx, mailbox.mailer);
  // Mails of one moment leave in any order. Here the student's comes first and the tutor's last.
  const place = ({ to }: { to: string }) =>
    Number(to !== student.email) + Number(to === tutor.email);
  return mailbox.mails().toSorted((one, other) => place(one) - place(other));
};

const lessons = async (count: number, ask = {}) => {
  const ids = await segue.lessons(tutor, student, count, ask);
  await told();
  return ids;
};

const switchTo = async (provider: "zoom" | "google_meet") => {
  const result = await segue.connect(tutor, provider);
  await segue.work();
  return result?.migrationId ?? "";
};

const notes = async (person = student) =>
  (await listNotes(segue.ctx, person)).map(({ kind, from, to, lessons }) => [
    kind,
    from?.id,
    to.id,
    lessons.length,
  ]);

const soon = (minutes: number) => ({
  startsAt: new Date(segue.clock().getTime() + minutes * 60_000),
});
