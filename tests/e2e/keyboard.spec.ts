/** The whole way from sign-in to undo without a mouse: Tab, Enter, Space, arrows and Escape. */
import { expect } from "@playwright/test";
import { type App, startApp } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";
import { expectFocusIn, press, tabTo } from "./keys.ts";
import {
  bookLessons,
  lessonPlan,
  PASSWORD,
  sessionsOf,
  type TestPerson,
  tutorOnZoom,
} from "./people.ts";

let app: App;
let tutor: TestPerson;

test.beforeAll(async ({ browser }) => {
  app = await startApp();
  const people = await tutorOnZoom(browser, app, "Eleven");
  tutor = people.tutor;
  await bookLessons(tutor, people.student, lessonPlan(2));
});

test.afterAll(() => app?.stop());

test("signing in, previewing the switch, making it, and undoing it", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: app.url });
  const page = await context.newPage();
  await page.goto("/tutor/video-setup");
  await tabTo(page, page.getByLabel("Email"));
  await page.keyboard.type(tutor.email);
  await tabTo(page, page.getByLabel("Password", { exact: true }));
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/tutor/video-setup");

  await expect(page.getByText("Lessons that move")).toBeVisible();
  await press(page, page.getByRole("link", { name: "Switch to Google Meet" }));
  await page.waitForURL(/\/google\//);
  const other = page.getByRole("radio", { name: "Use another account" });
  await tabTo(page, page.getByRole("radio").first());
  while (!(await other.isChecked())) await page.keyboard.press("ArrowDown");
  await tabTo(page, page.getByLabel("E-mail of the other account"));
  await page.keyboard.type("host@google.example");
  await press(page, page.getByRole("button", { name: "Allow" }));
  await page.waitForURL("**/tutor/video-setup?success=true&migrated=2");

  const action = "Undo switch of 2 lessons";
  const undo = page.getByRole("main").getByRole("button", { name: action });
  await press(page, undo);
  const dialog = page.getByRole("dialog");
  await expectFocusIn(dialog);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(undo).toBeFocused();
  await page.keyboard.press("Enter");
  await press(page, dialog.getByRole("button", { name: action }));
  await expect(page.getByText("2 lessons are back where they were.")).toBeVisible();
  expect((await sessionsOf(tutor)).map(({ provider }) => provider)).toEqual(["zoom", "zoom"]);
  await context.close();
});

test("a menu that is loaded on demand takes the focus, and gives it back", async () => {
  const { page } = tutor;
  await page.goto("/sessions");
  const button = page.getByRole("button", { name: /^Change Lesson 1/ }).first();
  await press(page, button);
  await expectFocusIn(page.getByRole("menu"));
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "Reschedule" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toBeHidden();
  await expect(button).toBeFocused();
});
