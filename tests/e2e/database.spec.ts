/** The database goes away and comes back: no process exits, nothing hangs, and work resumes by itself. */
import { expect } from "@playwright/test";
import { type App, startApp } from "#tests/harness/app.ts";
import { type PostgresServer, startPostgres } from "#tests/harness/databases/postgresServer.ts";
import { test } from "#tests/harness/fixtures.ts";
import { bookLessons, consent, lessonPlan, type TestPerson, tutorOnZoom } from "./people.ts";

// Each test continues where the one before stopped.
test.describe.configure({ mode: "serial" });

let postgres: PostgresServer;
let app: App;
let tutor: TestPerson;
let student: TestPerson;

test.beforeAll(async ({ browser }) => {
  postgres = await startPostgres();
  app = await startApp({ databaseUrl: await postgres.create("segue_away") });
  ({ tutor, student } = await tutorOnZoom(browser, app, "Eight"));
  await bookLessons(tutor, student, lessonPlan(2));
});

test.afterAll(async () => {
  await app?.stop();
  await postgres?.stop();
});

test("while it is away, programs get 503 and people a page that says so", async () => {
  await postgres.halt();
  const answer = await tutor.api.get("/api/sessions");
  expect(answer.status()).toBe(503);
  expect(await answer.json()).toMatchObject({ code: "unavailable" });
  expect((await tutor.api.get("/api/ready")).status()).toBe(503);
  expect((await tutor.api.get("/api/health")).status()).toBe(200);
  const page = await tutor.page.goto("/sessions");
  expect(page?.status()).toBe(503);
  await expect(tutor.page.getByRole("heading", { name: "Segue is restarting" })).toBeVisible();
});

test("when it is back, the page opens by itself, still signed in", async () => {
  await postgres.resume();
  await expect(tutor.page.getByRole("heading", { name: "Sessions" })).toBeVisible();
  await expect(tutor.page.getByText("Lesson 1").first()).toBeVisible();
});

test("jobs work on: a lesson accepted afterwards gets its room, and a switch moves all", async () => {
  const more = [{ subject: "After", startsAt: lessonPlan(5)[4]?.startsAt ?? "" }];
  expect(await bookLessons(tutor, student, more)).toHaveLength(3);
  await consent(tutor, "Switch to Google Meet", "host@google.example");
  expect(tutor.page.url()).toBe(`${app.url}/tutor/video-setup?success=true&migrated=3`);
});
