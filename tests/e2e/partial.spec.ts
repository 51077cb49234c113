/** Two of ten lessons are refused: the other eight move, and the two keep their existing rooms. */
import { expect } from "@playwright/test";
import type { SessionView } from "#lib/services/sessions/views.ts";
import type { MigrationDetail } from "#lib/services/switching/views.ts";
import { type App, startApp } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";
import {
  bookLessons,
  consent,
  inMinutes,
  lessonPlan,
  sessionsOf,
  type TestPerson,
  tutorOnZoom,
} from "./people.ts";
import { setFaults } from "./sandbox.ts";

// Each test continues where the one before stopped.
test.describe.configure({ mode: "serial" });

let app: App;
let tutor: TestPerson;
let student: TestPerson;

test.beforeAll(async ({ browser }) => {
  app = await startApp();
  ({ tutor, student } = await tutorOnZoom(browser, app, "Two"));
  await bookLessons(tutor, student, [
    { subject: "Refused soon", startsAt: inMinutes(10) },
    { subject: "Refused later", startsAt: inMinutes(60) },
    ...lessonPlan(8, "Moves"),
  ]);
});

test.afterAll(() => app?.stop());

const refused = (sessions: SessionView[]) =>
  sessions.filter(({ subject }) => subject.startsWith("Refused"));

test("the tutor is warned in the documented words", async () => {
  await setFaults(app, [
    {
      provider: "google",
      operation: "create",
      titleIncludes: "Refused",
      effect: "invalid_request",
    },
  ]);
  await consent(tutor, "Switch to Google Meet", "host@google.example");
  expect(tutor.page.url()).toBe(`${app.url}/tutor/video-setup?success=true&migration_warning=true`);
  const alert = tutor.page.getByRole("main").getByRole("alert");
  await expect(alert).toContainText("✅ Successfully connected video provider!");
  await expect(alert).toContainText(
    "⚠️ Some future sessions may need to be manually updated. Please check your sessions page.",
  );
  await expect(tutor.page.getByRole("main").getByText("Failed to create meeting")).toHaveCount(2);
});

test("eight have moved, two are where they were", async () => {
  const sessions = await sessionsOf(tutor);
  const at = (provider: string) => sessions.filter((session) => session.provider === provider);
  expect(at("google_meet")).toHaveLength(8);
  expect(at("zoom").map(({ subject }) => subject)).toEqual(["Refused soon", "Refused later"]);
});

test("the two are still joinable on their old links", async () => {
  for (const { room } of refused(await sessionsOf(tutor))) {
    expect((await fetch(room?.url ?? "")).status).toBe(200);
  }
  await student.page.goto("/sessions");
  const [room] = await Promise.all([
    student.page.context().waitForEvent("page"),
    student.page.getByRole("link", { name: /^Join/ }).first().click(),
  ]);
  await expect(room.getByRole("heading", { name: "Zoom" })).toBeVisible();
});

test("Retry failed moves them once the provider takes them", async () => {
  await setFaults(app, []);
  await tutor.page.goto("/tutor/video-setup");
  await tutor.page.getByRole("button", { name: "Retry failed" }).click();
  await expect
    .poll(async () => (await sessionsOf(tutor)).map(({ provider }) => provider))
    .toEqual(Array(10).fill("google_meet"));
  const [latest] = (await (await tutor.api.get("/api/migrations")).json()) as MigrationDetail[];
  expect(latest).toMatchObject({ kind: "retry", status: "completed", total: 2, moved: 2 });
});

test("Refresh gives all ten new links and says how many", async () => {
  const before = await sessionsOf(tutor);
  const logged: string[] = [];
  tutor.page.on("console", (message) => logged.push(message.text()));
  await tutor.page.goto("/tutor/video-setup");
  await tutor.page.getByRole("button", { name: "Refresh Future Session Links" }).click();
  await expect(tutor.page.getByRole("main").getByText("10 sessions have new links")).toBeVisible();
  expect(logged).toContain(`🔄 Manual migration triggered for tutor ${tutor.id} to google_meet`);
  const after = await sessionsOf(tutor);
  for (const [index, session] of after.entries()) {
    expect(session.room?.url).not.toBe(before[index]?.room?.url);
    expect(session.joinUrl).toBe(before[index]?.joinUrl);
  }
});
