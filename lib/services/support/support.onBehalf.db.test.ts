import { beforeAll, expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { listMigrations } from "#lib/services/switching/migrationHistory.ts";
import { updatePreferences } from "#lib/services/telling/preferences.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { scene } from "#tests/harness/scene.ts";
import { checkForTutor } from "./checkForTutor.ts";
import { lookAtTutor } from "./lookAtTutor.ts";
import { recentTroubles } from "./recentTroubles.ts";
import { retryForTutor } from "./retryForTutor.ts";
import { tutorReport } from "./views.ts";

const { segue, tutor, student, switchedWithOneFailure } = scene();
let admin: Person;
beforeAll(async () => {
  const person = await segue.person("tutor", { name: "Ada Admin" });
  await segue.rows(`update people set role = 'admin' where id = '${person.id}'`);
  admin = { ...person, role: "admin" };
});

test("nobody but support may look, check or retry, nor learns whether the tutor exists", async () => {
  await segue.connect(tutor, "zoom");
  for (const person of [tutor, student]) {
    for (const verb of [lookAtTutor, checkForTutor, retryForTutor]) {
      await expect(verb(segue.ctx, person, tutor.id)).rejects.toMatchObject({ code: "not_found" });
    }
    await expect(recentTroubles(segue.ctx, person)).rejects.toMatchObject({ code: "not_found" });
  }
});

test("a lesson that has begun is shown with the room that it keeps, although the tutor has switched", async () => {
  await segue.connect(tutor, "zoom");
  const [first = "", second = ""] = await segue.lessons(tutor, student, 2, {
    startsAt: addMinutes(segue.clock(), 24 * 60),
  });
  await segue.later({ hours: 24, minutes: 5 });
  await segue.connect(tutor, "google_meet");
  await segue.work();
  const { running, lessons } = await lookAtTutor(segue.ctx, admin, tutor.id);
  expect(running).toMatchObject([{ id: first, provider: "zoom" }]);
  expect(lessons).toMatchObject([{ id: second, provider: "google_meet" }]);
});

test("viewing a tutor asks no provider and changes nothing, and is in the log with who viewed", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 2);
  await segue.connect(tutor, "google_meet");
  await segue.work();
  await segue.standIns.forgetCalls();
  const before = await segue.ledger(tutor);
  expect(await states()).toEqual({
    connection: "good",
    sessions: "good",
    join: "good",
    migrations: "good",
    work: "good",
    rooms: "good",
    mails: "good",
  });
  expect(await segue.standIns.calls()).toEqual([]);
  expect(await segue.ledger(tutor)).toEqual(before);
  expect(segue.logs.find(({ msg }) => msg === "Support looked at a tutor")).toMatchObject({
    adminId: admin.id,
    tutorId: tutor.id,
  });
});

test("a report is what its schema says, and holds neither a token nor a way into a room", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  const report = await look(tutor.id.toString());
  expect(tutorReport.strict().parse(report)).toEqual(report);
  const text = JSON.stringify(report);
  const [secrets] = await segue.rows(`select access_token_encrypted, refresh_token_encrypted
    from tutor_video_provider_connections where tutor_id = '${tutor.id}'`);
  const [session] = await segue.sessions(tutor);
  for (const secret of [...Object.values(secrets ?? {}), session?.join_url]) {
    expect(text).not.toContain(String(secret));
  }
});

test("a provider written over by hand is red at the session and at Join", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  await segue.rows(`update sessions set provider = 'google_meet' where tutor_id = '${tutor.id}'`);
  expect(await codes()).toEqual(["changed_by_hand", "join_elsewhere"]);
  expect(await states()).toMatchObject({ connection: "good", sessions: "bad", join: "bad" });
});

test("without a provider there is nothing to check, until a lesson needs one", async () => {
  expect(await states()).toMatchObject({ connection: "idle", sessions: "idle", join: "idle" });
});

test("a dead connection is red, and stands among the troubles", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  await segue.standIns.control("revoke", { provider: "zoom", email: tutor.email });
  await segue.standIns.control("expire-tokens");
  await checkForTutor(segue.ctx, admin, tutor.id);
  expect(await codes()).toEqual(["needs_reconnect"]);
  expect(await troublesOf("reconnect")).toMatchObject([{ provider: "zoom" }]);
});

test("what failed is red with the provider's words, and Retry is in the history as support's", async () => {
  await switchedWithOneFailure();
  expect(await codes()).toEqual(["elsewhere", "moves_failed"]);
  const [move] = (await look()).moves;
  expect(move).toMatchObject({ state: "failed", error: { detail: expect.any(String) } });
  expect(await troublesOf("failed")).toMatchObject([{ provider: "google_meet", count: 1 }]);
  await segue.standIns.faults();
  expect(await retryForTutor(segue.ctx, admin, tutor.email)).toMatchObject({ migrated: 1 });
  expect(await codes()).toEqual([]);
  expect(await troublesOf("failed")).toEqual([]);
  const [newest, first] = (await look()).migrations;
  expect(newest).toMatchObject({ kind: "retry", by: { name: "Ada Admin", isTutor: false } });
  expect(first).toMatchObject({ kind: "switch", by: { isTutor: true } });
  expect((await listMigrations(segue.ctx, tutor)).items).toMatchObject([{ kind: "retry" }, {}]);
  await expect(retryForTutor(segue.ctx, admin, tutor.email)).rejects.toMatchObject({
    code: "wrong_state",
  });
});

test("Check links gives a room that is gone another, and says what else is at the provider", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 2);
  const [session] = await segue.sessions(tutor);
  const id = session?.meeting_external_id;
  await segue.standIns.control("delete-meeting", { provider: "zoom", id });
  const check = await checkForTutor(segue.ctx, admin, tutor.id);
  expect(check).toMatchObject({ checked: 2, gone: 1, repaired: 1, findings: [] });
  await segue.work();
  expect((await segue.sessions(tutor))[0]?.meeting_external_id).not.toBe(id);
});

test("work that nobody does stands among the troubles, and not before it is late", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 2);
  await segue.connect(tutor, "google_meet");
  await segue.work();
  segue.clock.advance({ minutes: 61 });
  expect(await troublesOf("overdue")).toEqual([]);
  segue.clock.advance({ minutes: 10 });
  expect(await troublesOf("overdue")).toMatchObject([{ count: 2 }]);
  expect(await codes()).toEqual(["overdue", "overdue"]);
  await segue.later({ minutes: 1 });
  expect(await troublesOf("overdue")).toEqual([]);
});

test("mails to the tutor, their students and their guardians are listed, other people's aren't; a failed one is red", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  const stranger = await segue.person("student");
  const mail = (to: string, status: string) =>
    segue.rows(`with mail as (
        insert into mails (status, next_attempt_at, created_at, error_detail)
        values ('${status}', now(), now() + interval '9 years', 'No such box') returning id
      )
      insert into private.mail_texts (mail_id, to_email, subject, text_body, html_body)
      select id, '${to}', 'To ${status}', '', '' from mail`);
  const guardianOf = async (person: Person) => {
    const guardianEmail = `guardian.${person.email}`;
    await updatePreferences(segue.ctx, person, { guardianEmail });
    return guardianEmail;
  };
  const guardian = await guardianOf(student);
  const strangersGuardian = await guardianOf(stranger);
  await mail(guardian, "queued");
  await mail(strangersGuardian, "queued");
  await mail(student.email, "failed");
  await mail(stranger.email, "queued");
  const { mails } = await look();
  const toStudent = mails.find(({ to }) => to === student.email);
  expect(toStudent).toMatchObject({ status: "failed", error: "No such box" });
  const addresses = new Set(mails.map(({ to }) => to));
  expect(addresses).toContain(guardian);
  expect(addresses).not.toContain(stranger.email);
  expect(addresses).not.toContain(strangersGuardian);
  expect(await codes()).toEqual(["mail_failed"]);
});

const look = (who = tutor.email) => lookAtTutor(segue.ctx, admin, who);

const states = async () =>
  Object.fromEntries((await look()).checks.map(({ step, state }) => [step, state]));

const codes = async () =>
  (await look()).checks.flatMap(({ findings }) => findings.map(({ code }) => code));

const troublesOf = async (kind: "reconnect" | "overdue" | "failed") =>
  (await recentTroubles(segue.ctx, admin))[kind].filter(({ tutor: one }) => one.id === tutor.id);
