import { beforeEach, expect, test } from "vitest";
import { advanceSessions } from "#lib/services/sessions/advanceSessions.ts";
import { joinSession } from "#lib/services/sessions/joinSession.ts";
import { scene } from "#tests/harness/scene.ts";
import { migrationDetail } from "./migrationHistory.ts";
import { previewMigration } from "./previewMigration.ts";

const { segue, tutor, student } = scene({
  start: "2027-01-04T09:00:00Z",
  env: { ZOOM_PLAN: "free" },
  student: { name: "Mia" },
});
beforeEach(async () => {
  await segue.rows("truncate provider_budgets, provider_circuits, provider_plans");
});

test("it tells how many would move, which is next, and asks no provider", async () => {
  await segue.connect(tutor, "zoom");
  const [first] = await segue.lessons(tutor, student, 3);
  await segue.standIns.forgetCalls();
  const before = await segue.sessions(tutor);
  expect(await preview("google_meet")).toMatchObject({
    provider: "google_meet",
    total: 3,
    atOnce: 3,
    next: { sessionId: first, subject: "Lesson 1.", student: "Mia" },
    measured: false,
    dayLimit: null,
    waiting: [],
    open: [],
    tooLong: null,
    undoMinutes: 60,
  });
  expect(await segue.standIns.calls()).toEqual([]);
  expect(await segue.sessions(tutor)).toEqual(before);
});

test("once the tutor has moved there, the time is measured by that", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 4);
  const result = await segue.connect(tutor, "google_meet");
  const { durationMs } = await migrationDetail(segue.ctx, tutor, result?.migrationId ?? "");
  const { seconds, measured } = await preview("google_meet");
  expect(measured).toBe(true);
  expect(seconds).toBeCloseTo((durationMs ?? 0) / 1000);
});

test("with Zoom's day nearly used up it names those that wait, and the switch then does just that", async () => {
  await segue.connect(tutor, "zoom");
  await segue.rows(`insert into provider_budgets (key, day, taken)
    select 'zoom writes ' || account_user_id, '2027-01-04', 80
      from tutor_video_provider_connections where tutor_id = '${tutor.id}'`);
  await segue.connect(tutor, "google_meet");
  await segue.book(tutor, student, { repeatWeekly: 14, startsAt: inHours(24) });
  await segue.work();
  const said = await preview("zoom");
  expect(said).toMatchObject({ total: 14, atOnce: 10, dayLimit: 100 });
  expect(new Set(said.waiting.map(({ until }) => until))).toEqual(
    new Set(["2027-01-05T00:00:00.000Z"]),
  );
  const result = await segue.connect(tutor, "zoom");
  const done = await migrationDetail(segue.ctx, tutor, result?.migrationId ?? "");
  const deferred = done.sessions.filter(({ state }) => state === "deferred");
  expect(deferred.map(({ sessionId }) => sessionId)).toEqual(
    said.waiting.map(({ sessionId }) => sessionId),
  );
  segue.clock.set("2027-01-05T00:00:00Z");
  await segue.later({});
});

test("the week's picture says of each lesson where it is, and what becomes of it, and the day is counted", async () => {
  await segue.connect(tutor, "zoom");
  await segue.rows(`insert into provider_budgets (key, day, taken)
    select 'zoom writes ' || account_user_id, '${segue.clock().toISOString().slice(0, 10)}', 88
      from tutor_video_provider_connections where tutor_id = '${tutor.id}'`);
  await segue.connect(tutor, "google_meet");
  await segue.lessons(tutor, student, 4, { startsAt: inHours(48) });
  await segue.book(tutor, student, { subject: "Later", startsAt: inHours(24 * 10) });
  await segue.work();
  const { dayTaken, dayLimit, week } = await preview("zoom");
  expect([dayTaken, dayLimit]).toEqual([88, 100]);
  expect(week.map(({ from, becomes, isOpen }) => [from, becomes, isOpen])).toEqual([
    ["google_meet", "moves", false],
    ["google_meet", "moves", false],
    ["google_meet", "waits", false],
    ["google_meet", "waits", false],
  ]);
});

test("an account that was never here has its whole day", async () => {
  await segue.connect(tutor, "google_meet");
  await segue.book(tutor, student, { repeatWeekly: 5, startsAt: inHours(24) });
  expect(await preview("zoom")).toMatchObject({ total: 5, atOnce: 5, waiting: [] });
});

test("on a free Zoom plan it counts the lessons that are longer than a meeting may be", async () => {
  await segue.connect(tutor, "google_meet");
  await segue.book(tutor, student, { durationMinutes: 40, startsAt: inHours(24) });
  await segue.book(tutor, student, { durationMinutes: 45, startsAt: inHours(26) });
  await segue.work();
  expect((await preview("zoom")).tooLong).toEqual({ minutes: 40, count: 1, assumed: true });
});

test("a lesson that is open is named with how many have entered its room", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1, { startsAt: inHours(24) });
  const [session] = await segue.sessions(tutor);
  segue.clock.advance({ hours: 23, minutes: 50 });
  await advanceSessions(segue.ctx);
  for (const person of [student, student]) {
    await joinSession(segue.ctx, person, session?.id ?? "");
  }
  expect((await preview("google_meet")).open).toMatchObject([
    { sessionId: session?.id, entered: 1 },
  ]);
});

test("nothing to move takes no time, and a provider that there is none of is refused", async () => {
  await segue.connect(tutor, "zoom");
  expect(await preview("google_meet")).toMatchObject({ total: 0, next: null, seconds: null });
  for (const query of [{}, { provider: "skype" }]) {
    await expect(previewMigration(segue.ctx, tutor, query)).rejects.toMatchObject({
      code: "invalid_input",
      field: "provider",
    });
  }
});

test("it tells of the tutor's own lessons alone", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 2);
  const other = await segue.person("tutor");
  expect(await previewMigration(segue.ctx, other, { provider: "zoom" })).toMatchObject({
    total: 0,
  });
});

test("lessons that begin before their day comes are counted as staying, not as moving", async () => {
  await segue.connect(tutor, "zoom");
  await segue.rows(`insert into provider_budgets (key, day, taken)
    select 'zoom writes ' || account_user_id, '2027-01-04', 90
      from tutor_video_provider_connections where tutor_id = '${tutor.id}'`);
  await segue.connect(tutor, "google_meet");
  segue.clock.set("2027-01-04T09:00:00Z");
  await segue.lessons(tutor, student, 3, { startsAt: new Date("2027-01-04T22:00:00Z") });
  const said = await preview("zoom");
  expect(said).toMatchObject({ total: 1, atOnce: 0, staying: 2 });
  expect(said.waiting.map(({ startsAt }) => startsAt)).toEqual(["2027-01-05T00:00:00.000Z"]);
});

const preview = (provider: string) => previewMigration(segue.ctx, tutor, { provider });
const inHours = (hours: number) => new Date(segue.clock().getTime() + hours * 3_600_000);
