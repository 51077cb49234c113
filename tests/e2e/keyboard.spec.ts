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
import { isAlive } from "./policy.ts";

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

test("the command menu finds a lesson by its name, and a field keeps its keys", async () => {
  const { page } = tutor;
  await page.goto("/settings");
  await isAlive(page);
  await page.keyboard.press("Control+K");
  const menu = page.getByRole("dialog", { name: "Go to" });
  await expectFocusIn(menu);
  await expect(menu.getByRole("option", { name: /^Lesson 2 with Student Eleven/ })).toBeVisible();
  await page.keyboard.type("lesson 2");
  await expect(menu.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Lesson 2 with Student Eleven");
  await expect(menu).toBeHidden();
});

test("Escape closes the command menu, whatever is typed", async () => {
  const { page } = tutor;
  await page.goto("/settings");
  await isAlive(page);
  const menu = page.getByRole("dialog", { name: "Go to" });
  for (const typed of ["", "undo"]) {
    await page.keyboard.press("Control+K");
    await expectFocusIn(menu);
    await page.keyboard.type(typed);
    await page.keyboard.press("Escape");
    await expect(menu).toBeHidden();
  }
});

test("the question mark lists the keys, unless somebody doesn't want it to", async () => {
  const { page } = tutor;
  await page.goto("/sessions");
  await isAlive(page);
  const list = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await page.keyboard.press("Shift+?");
  await expect(list.getByText("Alt+Shift+S")).toBeVisible();
  await list.getByRole("checkbox").uncheck();
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await page.keyboard.press("Shift+?");
  await page.keyboard.press("Control+K");
  await expect(page.getByRole("dialog", { name: "Go to" })).toBeVisible();
  await expect(list).toBeHidden();
  await page.keyboard.press("Escape");
});

test("a dialog closes the menu under it, which would take its keys", async () => {
  const { page } = tutor;
  await page.goto("/sessions");
  await isAlive(page);
  await press(page, page.getByRole("button", { name: /^Change Lesson 1/ }).first());
  await expectFocusIn(page.getByRole("menu"));
  await page.keyboard.press("Control+K");
  const dialog = page.getByRole("dialog", { name: "Go to" });
  await expectFocusIn(dialog);
  await expect(page.getByRole("menu")).toBeHidden();
  await page.keyboard.press("Tab");
  await expectFocusIn(dialog);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: /^Change Lesson 1/ }).first()).toBeFocused();
});

test("no key opens a dialog above another", async () => {
  const { page } = tutor;
  await page.goto("/sessions");
  await isAlive(page);
  const button = page.getByRole("button", { name: /^Change Lesson 1/ }).first();
  await press(page, button);
  await page.getByRole("menuitem", { name: "Cancel lesson" }).click();
  await expectFocusIn(page.getByRole("dialog"));
  await page.keyboard.press("Control+K");
  await expect(page.getByRole("dialog")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.keyboard.press("Control+K");
  await expect(page.getByRole("dialog", { name: "Go to" })).toBeVisible();
  await page.keyboard.press("Escape");
});
