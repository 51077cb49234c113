/** A tutor sees beforehand what a switch would do, watches it happen, and undoes it. */
import { type Browser, expect, type Page } from "@playwright/test";
import type { MigrationResult } from "#lib/services/switching/views.ts";
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
import { holdCreates, setFaults } from "../sandbox.ts";
import { expectMoved } from "../strip.ts";

// Each test continues where the one before stopped.
test.describe.configure({ mode: "serial" });

const LESSONS = 6;

let app: App;
let tutor: TestPerson;
let student: TestPerson;

test.beforeAll(async ({ browser }) => {
  // The callback redirects at once, so that the page itself has progress to show.
  app = await startApp({ env: { SWITCH_WAIT_SECONDS: "0" } });
  ({ tutor, student } = await tutorOnZoom(browser, app, "Nine"));
  await bookLessons(tutor, student, lessonPlan(LESSONS));
});

test.afterAll(() => app?.stop());

const main = (page: Page) => page.getByRole("main");

/** The same person in another browser context. */
async function elsewhere(browser: Browser): Promise<Page> {
  const storageState = await tutor.page.context().storageState();
  const context = await browser.newContext({ baseURL: app.url, storageState });
  return context.newPage();
}

const hold = (...titles: string[]) => holdCreates(app, ...titles);
const letGo = () => setFaults(app, []);

test("the other provider's card tells, before any consent, what would follow", async () => {
  const { page } = tutor;
  await page.goto("/tutor/video-setup");
  const facts = (name: string) =>
    main(page).locator("dl > div").filter({ hasText: name }).getByRole("definition");
  await expect(facts("Lessons that move")).toHaveText(`${LESSONS}`);
  await expect(facts("Next one").first()).toContainText("tomorrow");
  await expect(facts("Next one").last()).toHaveText("Lesson 1 with Student Nine");
  await expect(facts("It takes").first()).toHaveText(/^about \d+ s$/);
  await expect(main(page).getByText("you may have to let in students")).toBeVisible();
  await expect(main(page).getByText("each of them gets one email")).toBeVisible();
  expect((await sessionsOf(tutor)).map(({ provider }) => provider)).toEqual(
    Array(LESSONS).fill("zoom"),
  );
});

test("two browsers see the switch go on, neither being reloaded", async ({ browser }) => {
  const second = await elsewhere(browser);
  await second.goto("/tutor/video-setup");
  await expect(main(second).getByText("Nothing has moved yet.")).toBeVisible();
  await hold("Lesson 5", "Lesson 6");
  await consent(tutor, "Switch to Google Meet", "host@google.example");
  const reloads: string[] = [];
  for (const page of [tutor.page, second]) page.on("load", () => reloads.push(page.url()));
  // The page checks for changes made elsewhere when somebody comes back to it.
  await second.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  for (const page of [tutor.page, second]) {
    await expectMoved(page, LESSONS - 2);
  }
  await letGo();
  for (const page of [tutor.page, second]) {
    await expectMoved(page, LESSONS);
  }
  await expect(main(tutor.page).getByRole("alert")).toContainText(
    `🔄 ${LESSONS} future sessions were automatically updated with new meeting links.`,
  );
  expect(reloads).toEqual([]);
  await second.context().close();
});

test("Undo says until when, asks first, and brings every lesson back to its old room", async () => {
  const { page } = tutor;
  await expect(main(page).getByText(/^Can be undone until \d\d:\d\d, .+ left\.$/)).toBeVisible();
  const action = `Undo switch of ${LESSONS} lessons`;
  await page.getByRole("button", { name: action }).click();
  const dialog = page.getByRole("dialog", { name: "Undo the switch?" });
  await expect(dialog).toContainText("former Zoom rooms, which are still there");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: action }).click();
  await dialog.getByRole("button", { name: action }).click();
  await expect(main(page).getByText(`${LESSONS} lessons are back where they were.`)).toBeVisible();
  expect((await sessionsOf(tutor)).map(({ provider }) => provider)).toEqual(
    Array(LESSONS).fill("zoom"),
  );
});

test("a tab that is closed in the middle finds the switch further on when it is opened again", async () => {
  await hold("Lesson 4", "Lesson 5", "Lesson 6");
  await consent(tutor, "Switch to Google Meet", "host@google.example");
  await expectMoved(tutor.page, LESSONS - 3);
  const context = tutor.page.context();
  await tutor.page.close();
  tutor.page = await context.newPage();
  await tutor.page.goto("/tutor/video-setup");
  await expectMoved(tutor.page, LESSONS - 3);
  await letGo();
  await expectMoved(tutor.page, LESSONS);
});

test("the stream ends when the person signs out, though the change goes on", async () => {
  await hold("Lesson");
  const refresh = await tutor.api.post("/api/sessions/migrate-provider");
  expect(refresh.status()).toBe(202);
  const { migrationId } = (await refresh.json()) as MigrationResult;
  const path = `/api/migrations/${migrationId}/events`;
  expect((await student.api.get(path)).status()).toBe(403);
  const stream = tutor.api.get(path);
  const signOut = await tutor.api.post("/api/account/sign-out", {
    headers: { origin: app.url },
    data: {},
  });
  expect(signOut.status()).toBe(200);
  const text = await (await stream).text();
  // The migration hadn't completed, so its end isn't what closed the stream.
  expect(text).not.toMatch(/"status":"completed"/);
  expect((await tutor.api.get(path)).status()).toBe(401);
});
