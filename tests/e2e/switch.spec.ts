/** The example in the requirement documents, on a real PostgreSQL, in a real browser. */
import { expect } from "@playwright/test";
import pg from "pg";
import type { App } from "#tests/harness/app.ts";
import { startApp } from "#tests/harness/app.ts";
import { type PostgresServer, startPostgres } from "#tests/harness/databases/postgresServer.ts";
import { test } from "#tests/harness/fixtures.ts";
import {
  bookLessons,
  consent,
  inMinutes,
  lessonPlan,
  newPerson,
  sessionsOf,
  type TestPerson,
} from "./people.ts";
import { meetingsAt, withoutLimits } from "./sandbox.ts";
import { expectMoved } from "./strip.ts";

// Each test continues where the one before stopped.
test.describe.configure({ mode: "serial" });

let postgres: PostgresServer;
let database: pg.Client;
let app: App;
let tutor: TestPerson;
let student: TestPerson;

test.beforeAll(async ({ browser }) => {
  postgres = await startPostgres();
  const databaseUrl = await postgres.create("segue_e2e");
  app = await startApp({ databaseUrl });
  database = new pg.Client(databaseUrl);
  await database.connect();
  await withoutLimits(app);
  tutor = await newPerson(browser, app, { role: "tutor", name: "Tutor One" });
  student = await newPerson(browser, app, { role: "student", name: "Student One" });
});

test.afterAll(async () => {
  await database?.end();
  await app?.stop();
  await postgres?.stop();
});

const fiveLessons = () => [{ subject: "Soonest", startsAt: inMinutes(10) }, ...lessonPlan(4)];

test("a first connection says so, and moves nothing", async () => {
  await consent(tutor, "Connect Zoom", "host@zoom.example");
  await expect(tutor.page.getByRole("main").getByRole("alert")).toHaveText(
    "Successfully connected video provider!",
  );
  expect(tutor.page.url()).toBe(`${app.url}/tutor/video-setup?success=true`);
});

test("five lessons move from Zoom to Google Meet with one consent", async () => {
  const before = await bookLessons(tutor, student, fiveLessons());
  expect(before.map(({ provider }) => provider)).toEqual(Array(5).fill("zoom"));

  await consent(tutor, "Switch to Google Meet", "host@google.example");

  expect(tutor.page.url()).toBe(`${app.url}/tutor/video-setup?success=true&migrated=5`);
  await expect(tutor.page.getByRole("main").getByRole("alert")).toHaveText(
    "✅ Successfully connected video provider!\n🔄 5 future sessions were automatically updated with new meeting links.",
    { useInnerText: true },
  );
  await expectMoved(tutor.page, 5);
  const after = await sessionsOf(tutor);
  expect(after.map(({ provider }) => provider)).toEqual(Array(5).fill("google_meet"));
  expect(after.map(({ joinUrl }) => joinUrl)).toEqual(before.map(({ joinUrl }) => joinUrl));
});

test("the documents' queries show the new provider and recent links", async () => {
  const connection = await database.query(
    `SELECT provider, connection_status, updated_at
     FROM tutor_video_provider_connections
     WHERE tutor_id = '${tutor.id}';`,
  );
  expect(connection.rows).toMatchObject([
    { provider: "google_meet", connection_status: "connected" },
  ]);
  const sessions = await database.query(
    `SELECT id, provider, join_url, scheduled_start_at, status FROM sessions
     WHERE tutor_id = '${tutor.id}'
       AND status IN ('SCHEDULED', 'JOIN_OPEN')
       AND scheduled_start_at >= NOW()
     ORDER BY scheduled_start_at ASC;`,
  );
  expect(sessions.rows).toHaveLength(5);
  for (const row of sessions.rows) {
    expect(row.provider).toBe("google_meet");
    expect(row.join_url).toMatch(/\/meet\/[a-z]{3}-[a-z]{4}-[a-z]{3}$/);
  }
});

test("the server's log tells the switch in the documented lines, start and end once", async () => {
  const lines = app
    .output()
    .split("\n")
    .flatMap((line) => (line.startsWith("{") ? [(JSON.parse(line) as { msg: string }).msg] : []));
  const count = (line: string) => lines.filter((logged) => logged === line).length;
  expect(count(`🔄 Starting session migration for tutor ${tutor.id} to google_meet`)).toBe(1);
  expect(count("📋 Found 5 future sessions to migrate")).toBe(1);
  expect(count("✅ Migration complete. Migrated 5/5 sessions to google_meet")).toBe(1);
  for (const { id } of await sessionsOf(tutor)) {
    expect(count(`🔄 Migrating session ${id}...`)).toBeGreaterThan(0);
    expect(count(`✅ Successfully migrated session ${id} to google_meet`)).toBe(1);
  }
});

test("the student sees the new provider, and Join leads into its room", async () => {
  await student.page.goto("/sessions");
  const lessons = student.page.getByRole("tabpanel");
  await expect(lessons.getByText("Google Meet").first()).toBeVisible();
  await expect(lessons.getByText("Zoom", { exact: true })).toHaveCount(0);
  const [room] = await Promise.all([
    student.page.context().waitForEvent("page"),
    student.page.getByRole("link", { name: /^Join/ }).first().click(),
  ]);
  await expect(room.getByRole("heading", { name: "Google Meet" })).toBeVisible();
  await expect(room.getByText("guest")).toBeVisible();
  await room.close();
});

test("the tutor enters as the host", async () => {
  await tutor.page.goto("/sessions");
  const [room] = await Promise.all([
    tutor.page.context().waitForEvent("page"),
    tutor.page.getByRole("link", { name: /^Join/ }).first().click(),
  ]);
  await expect(room.getByRole("heading", { name: "Google Meet" })).toBeVisible();
  await expect(room.getByText("host", { exact: true })).toBeVisible();
  await room.close();
});

test("the old Zoom rooms still live while the switch can be taken back", async () => {
  const meetings = await meetingsAt(app, "zoom");
  expect(meetings).toHaveLength(5);
  expect(meetings.filter(({ status }) => status === "deleted")).toEqual([]);
});

test("switching back moves all five again", async () => {
  await consent(tutor, "Switch to Zoom", "host@zoom.example");
  expect(tutor.page.url()).toBe(`${app.url}/tutor/video-setup?success=true&migrated=5`);
  expect((await sessionsOf(tutor)).map(({ provider }) => provider)).toEqual(Array(5).fill("zoom"));
});

test("the same account again moves nothing", async () => {
  // A connected tutor's page has no such link, but an older page that is still open has.
  await tutor.page.goto("/tutor/video-setup");
  await tutor.page.evaluate(() => location.assign("/api/auth/zoom"));
  await tutor.page.getByRole("radio", { name: "host@zoom.example" }).check();
  await tutor.page.getByRole("button", { name: "Allow" }).click();
  await tutor.page.waitForURL("**/tutor/video-setup?success=true");
  await expect(tutor.page.getByRole("main").getByRole("alert")).toHaveText(
    "Successfully connected video provider!",
  );
});
