import { expect, test } from "vitest";
import { addLessons } from "#lib/services/bookings/addLessons.ts";
import { listTutors } from "#lib/services/people/listTutors.ts";
import { updateProfile } from "#lib/services/people/updateProfile.ts";
import { addStudent } from "#lib/services/students/addStudent.ts";
import { scene } from "#tests/harness/scene.ts";
import { disconnectProvider } from "./disconnectProvider.ts";
import { listMigrations, migrationDetail } from "./migrationHistory.ts";
import { refreshSessionLinks } from "./refreshSessionLinks.ts";
import { getConnection, videoSetup } from "./videoSetup.ts";

const { segue, tutor, student } = scene({ student: { name: "Mia" } });

test("a new tutor sees what can be connected and an empty history", async () => {
  expect(await videoSetup(segue.ctx, tutor)).toEqual({
    connection: null,
    providers: [
      { id: "google_meet", label: "Google Meet", available: true, sandbox: true },
      { id: "zoom", label: "Zoom", available: true, sandbox: true },
    ],
    future: {
      count: 0,
      next: null,
      withoutRoom: 0,
      roomsFollowAt: null,
      elsewhere: 0,
      withPasscode: 0,
    },
    latest: null,
    lostUndo: null,
    leftOver: [],
    history: [],
    events: [],
  });
  expect(await getConnection(segue.ctx, tutor)).toBeNull();
});

test("students without an account have the names that their tutor gave them, also in a switch", async () => {
  await segue.connect(tutor, "zoom");
  const { id } = await addStudent(segue.ctx, tutor, { name: "Dora", timeZone: "UTC" });
  const startsAt = new Date(segue.clock().getTime() + 24 * 3_600_000).toISOString();
  const wish = { subject: "Cello", durationMinutes: 30, timeZone: "UTC", startsAt };
  await addLessons(segue.ctx, tutor, id, wish);
  await segue.work();
  await segue.connect(tutor, "google_meet");
  const page = await videoSetup(segue.ctx, tutor);
  expect(page.future.next?.student).toBe("Dora");
  expect(page.latest?.sessions.map((one) => one.student)).toEqual(["Dora"]);
});

test("the page says when rooms follow that the provider makes no more of today", async () => {
  segue.clock.set(new Date("2026-11-30T09:00:00Z"));
  await segue.connect(tutor, "zoom");
  await segue.standIns.faults({
    provider: "zoom",
    operation: "create",
    effect: "daily_limit",
    times: 1,
  });
  await segue.lessons(tutor, student, 1);
  expect((await videoSetup(segue.ctx, tutor)).future).toMatchObject({
    withoutRoom: 1,
    roomsFollowAt: expect.stringMatching(/^2026-12-01T00:0/),
  });
  await segue.later({ days: 1 });
  expect((await videoSetup(segue.ctx, tutor)).future.roomsFollowAt).toBeNull();
});

test("the page tells where lessons are, which stayed elsewhere, and what happened", async () => {
  await segue.connect(tutor, "zoom");
  const [first] = await segue.lessons(tutor, student, 3);
  await segue.standIns.faults({
    provider: "google",
    operation: "create",
    effect: "invalid_request",
    titleIncludes: "Lesson 2.",
  });
  const result = await segue.connect(tutor, "google_meet");
  const page = await videoSetup(segue.ctx, tutor);
  expect(page.connection).toMatchObject({
    provider: "google_meet",
    label: "Google Meet",
    status: "connected",
    account: { email: tutor.email },
    error: null,
  });
  expect(page.future).toMatchObject({
    count: 3,
    next: { id: first, subject: "Lesson 1.", student: "Mia" },
    withoutRoom: 0,
    elsewhere: 1,
  });
  expect(page.latest).toMatchObject({
    id: result?.migrationId,
    kind: "switch",
    from: "zoom",
    to: "google_meet",
    status: "completed_with_failures",
    total: 3,
    moved: 2,
    failed: 1,
    remaining: 0,
  });
  const [moved, failed] = page.latest?.sessions ?? [];
  expect(moved).toMatchObject({
    state: "moved",
    from: { provider: "zoom", url: expect.stringContaining("/zoom/j/") },
    to: { provider: "google_meet", url: expect.stringContaining("/meet/") },
  });
  expect(failed).toMatchObject({ state: "failed", to: null });
  expect(JSON.stringify(page)).not.toMatch(/encrypted|v1\.k1\./);
});

test("the undo window is counted from when the migration first settles", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  const { migrationId } = await refreshSessionLinks(segue.ctx, tutor);
  const detail = await migrationDetail(segue.ctx, tutor, migrationId ?? "");
  const settled = Date.parse(detail.settledAt ?? "");
  expect(Date.parse(detail.undoUntil ?? "") - settled).toBe(60 * 60_000);
});

test("the history is newest first, and nobody else's", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  await segue.connect(tutor, "google_meet");
  const { migrationId } = await refreshSessionLinks(segue.ctx, tutor);
  const history = (await listMigrations(segue.ctx, tutor)).items;
  expect(history.map(({ kind, generation }) => [kind, generation])).toEqual([
    ["refresh", 3],
    ["switch", 2],
  ]);
  expect(history[0]?.id).toBe(migrationId);
  const stranger = await segue.person("tutor");
  expect((await listMigrations(segue.ctx, stranger)).items).toEqual([]);
  for (const person of [stranger, student]) {
    await expect(migrationDetail(segue.ctx, person, migrationId ?? "")).rejects.toMatchObject({
      code: "not_found",
    });
  }
});

test("a disconnected provider is still named, as disconnected", async () => {
  await segue.connect(tutor, "zoom");
  await disconnectProvider(segue.ctx, tutor);
  expect(await getConnection(segue.ctx, tutor)).toMatchObject({
    provider: "zoom",
    status: "disconnected",
  });
  await expect(disconnectProvider(segue.ctx, student)).rejects.toMatchObject({
    code: "no_video_provider",
  });
});

test("everybody can look for tutors, and changes only their own name and zone", async () => {
  await updateProfile(segue.ctx, tutor, { name: "Tara Nova", timeZone: "Asia/Tokyo" });
  const tutors = (await listTutors(segue.ctx, student)).items;
  expect(tutors).toContainEqual({ id: tutor.id, name: "Tara Nova", timeZone: "Asia/Tokyo" });
  expect(tutors.map(({ id }) => id)).not.toContain(student.id);
  await updateProfile(segue.ctx, tutor, {});
  for (const [body, field] of [
    [{ timeZone: "Mars" }, "timeZone"],
    [{ name: "" }, "name"],
    [{ name: "x".repeat(121) }, "name"],
  ] as const) {
    await expect(updateProfile(segue.ctx, tutor, body)).rejects.toMatchObject({
      code: "invalid_input",
      field,
    });
  }
  await updateProfile(segue.ctx, tutor, { role: "admin" });
  const [row] = await segue.rows(`select role, name from people where id = '${tutor.id}'`);
  expect(row).toEqual({ role: "tutor", name: "Tara Nova" });
});
