/** What a tutor can do on the page, lesson by lesson, when something went wrong. */
import { expect, type Page } from "@playwright/test";
import { type App, startApp } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";
import {
  bookLessons,
  consent,
  lessonPlan,
  sessionsOf,
  type TestPerson,
  tutorOnZoom,
} from "../people.ts";
import { meetingsAt, setFaults } from "../sandbox.ts";

// Each test continues where the one before stopped.
test.describe.configure({ mode: "serial" });

let app: App;
let tutor: TestPerson;
let page: Page;

test.beforeAll(async ({ browser }) => {
  app = await startApp();
  const people = await tutorOnZoom(browser, app, "Ten");
  tutor = people.tutor;
  page = tutor.page;
  await bookLessons(tutor, people.student, lessonPlan(4));
  const fault = { provider: "google", operation: "create", effect: "invalid_request" };
  await setFaults(app, [
    { ...fault, titleIncludes: "Lesson 1" },
    { ...fault, titleIncludes: "Lesson 2" },
  ]);
  await consent(tutor, "Switch to Google Meet", "host@google.example");
  await setFaults(app, []);
});

test.afterAll(() => app?.stop());

const main = () => page.getByRole("main");
const happened = () => page.getByRole("region", { name: "What happened?" });
const providers = async () => (await sessionsOf(tutor)).map(({ provider }) => provider);

test("support details are copied as text, with what support asks for and no secret", async () => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy support details" }).click();
  await expect(main().getByText("Copied", { exact: true })).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  const [latest] = await (await tutor.api.get("/api/migrations")).json();
  expect(text).toContain(`Tutor: ${tutor.id}`);
  expect(text).toContain("Provider: google_meet, connected (zoom → google_meet)");
  expect(text).toContain(`Change: ${latest.id} (switch, completed_with_failures, `);
  expect(text).toContain("Lessons affected: 4 (moved 2, failed 2, later 0, still to move 0)");
  expect(text.match(/: invalid_request “/g)).toHaveLength(2);
  expect(text).toContain("Browser: Mozilla/5.0");
  expect(text).not.toMatch(/token|secret|Bearer/i);
});

test("one lesson is retried by its own button, and the other stays as it is", async () => {
  await page.getByRole("button", { name: "Retry Lesson 2 with Student Ten" }).click();
  await expect(main().getByText("1 sessions have new links")).toBeVisible();
  await expect(
    main().getByText("1 lesson from an earlier change still hasn’t moved"),
  ).toBeVisible();
  await expect(happened().getByRole("button", { name: /^Retry Lesson 1/ })).toBeVisible();
  await expect(happened().getByRole("button", { name: /^Retry Lesson/ })).toHaveCount(1);
  expect(await providers()).toEqual(["zoom", "google_meet", "google_meet", "google_meet"]);
});

test("an earlier change opened in the history says what became of each lesson, by whom and when", async () => {
  const earlier = page.getByRole("region", { name: "History" });
  await expect(
    earlier.getByText(
      /by you · 2 of 4 · 1 failed · 1 failed at first and has been resolved since · .+ · took/,
    ),
  ).toBeVisible();
  await earlier.getByRole("button", { name: "Show lessons" }).click();
  await expect(earlier.getByRole("listitem").filter({ hasText: "Lesson" })).toHaveCount(4);
  await expect(earlier.getByText("Moved by a newer change")).toHaveCount(1);
  await expect(earlier.getByRole("button", { name: /^Retry Lesson/ })).toHaveCount(1);
});

test("a lesson that can't be moved happens in a room of the tutor's own", async () => {
  const button = happened().getByRole("button", { name: "Use my own link for Lesson 1" });
  await button.click();
  const dialog = page.getByRole("dialog");
  const save = dialog.getByRole("button", { name: "Use this link" });
  await dialog.getByLabel("Link to the meeting").fill("https://evil.example/j/1");
  await save.click();
  await expect(dialog.getByRole("alert")).toContainText("This isn’t a meeting link");
  const url = `${app.sandboxUrl}/zoom/j/98765432101`;
  await dialog.getByLabel("Link to the meeting").fill(url);
  await save.click();
  await expect(main().getByRole("alert")).toContainText("your own room");
  expect((await sessionsOf(tutor))[0]?.room).toMatchObject({ url, provider: "zoom" });
  await expect(main().getByText("Now uses your own link")).toBeVisible();
  await expect(button).toBeHidden();
});

test("Check links tells in words what it found and mends what is gone", async () => {
  const check = page.getByRole("button", { name: "Check links" });
  await check.click();
  await expect(main().getByText("All 3 rooms were checked and are fine.")).toBeVisible();
  const gone = (await meetingsAt(app, "google")).find(({ title }) => title.includes("Lesson 3"));
  const answer = await fetch(`${app.sandboxUrl}/control/delete-meeting`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ provider: "google", id: gone?.id }),
  });
  expect(answer.ok).toBe(true);
  await check.click();
  await expect(
    main().getByText("3 rooms were checked. 1 was gone: its lesson gets a new one."),
  ).toBeVisible();
  await expect.poll(async () => (await sessionsOf(tutor))[2]?.room?.externalId).not.toBe(gone?.id);
});

test("any lesson ahead can have a room of the tutor's own, from its own page too", async () => {
  const url = `${app.sandboxUrl}/zoom/j/98765432102`;
  const [, , , lesson] = await sessionsOf(tutor);
  await page.goto(`/sessions/${lesson?.id}`);
  await page.getByRole("button", { name: /Lesson 4/ }).click();
  await page.getByRole("menuitem", { name: "Use my own link" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Link to the meeting").fill(url);
  await dialog.getByRole("button", { name: "Use this link" }).click();
  await expect(page.getByText("The lesson now happens in your own room.")).toBeVisible();
  expect((await sessionsOf(tutor))[3]?.room).toMatchObject({ url, provider: "zoom" });
});
