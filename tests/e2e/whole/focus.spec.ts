/** Whatever closes gives the focus back, and whatever disappears passes it on. The focus is never lost. */
import { type Browser, expect, type Locator, type Page } from "@playwright/test";
import type { MigrationDetail } from "#lib/services/switching/views.ts";
import { type App, startApp } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";
import { hold, isReread } from "../hold.ts";
import { escapeAsItComes, expectFocusIn, press, tabTo } from "../keys.ts";
import {
  bookLessons,
  consent,
  inMinutes,
  lessonPlan,
  requestLesson,
  sessionsOf,
  type TestPerson,
  tutorOnZoom,
} from "../people.ts";
import { setFaults } from "../sandbox.ts";

let app: App;
let tutor: TestPerson;
let student: TestPerson;

test.beforeAll(async ({ browser }) => {
  app = await startApp();
  ({ tutor, student } = await tutorOnZoom(browser, app, "Focus"));
  await bookLessons(tutor, student, lessonPlan(3));
  await setFaults(app, [
    {
      provider: "google",
      operation: "create",
      titleIncludes: "Lesson 1",
      effect: "invalid_request",
    },
  ]);
  await consent(tutor, "Switch to Google Meet", "host@google.example");
});

test.afterAll(() => app?.stop());

/** Opens a page as the tutor, in a browser context whose clock and network belong to this test alone. */
async function open(browser: Browser, path: string): Promise<Page> {
  const storageState = await tutor.page.context().storageState();
  const context = await browser.newContext({ baseURL: app.url, storageState });
  const page = await context.newPage();
  await page.goto(path);
  return page;
}

const dialogOf = (page: Page) => page.getByRole("dialog");
const button = (page: Page, name: string | RegExp) =>
  page.getByRole("main").getByRole("button", { name }).first();
const ownLink = /^Use my own link for Lesson 1/;

for (const name of [/^Undo/, "Disconnect"]) {
  test(`Escape as soon as a dialog comes leaves the focus at its button: ${name}`, async ({
    browser,
  }) => {
    const page = await open(browser, "/tutor/video-setup");
    const opener = button(page, name);
    // The dialog is loaded on demand the first time, and is there at once the second time.
    for (const _ of ["first", "second"]) {
      await tabTo(page, opener);
      const escaped = escapeAsItComes(page);
      await page.keyboard.press("Enter");
      await escaped;
      await expect(dialogOf(page)).toHaveCount(0);
      await expect(opener).toBeFocused();
    }
    await page.context().close();
  });
}

test("what a menu's item has opened gives the focus back to the menu's button", async ({
  browser,
}) => {
  const page = await open(browser, "/sessions");
  const opener = button(page, /^Change Lesson 2/);
  for (const item of ["Reschedule", "Use my own link", "Cancel lesson"]) {
    await press(page, opener);
    const menu = page.getByRole("menu");
    await expectFocusIn(menu);
    const wanted = menu.getByRole("menuitem", { name: item });
    while (!(await wanted.evaluate((element) => element === document.activeElement))) {
      await page.keyboard.press("ArrowDown");
    }
    await page.keyboard.press("Enter");
    await expectFocusIn(dialogOf(page));
    await expect(menu).toHaveCount(0);
    await page.keyboard.press("Escape");
    await expect(dialogOf(page)).toHaveCount(0);
    await expect(opener).toBeFocused();
  }
  await page.context().close();
});

test("a dialog that was long on its way gives the focus back to the button that asked for it", async ({
  browser,
}) => {
  const page = await open(browser, "/tutor/video-setup");
  const opener = button(page, "Disconnect");
  await tabTo(page, opener);
  const release = await hold(page, "**/_next/static/**");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(opener).not.toBeFocused();
  release();
  await expectFocusIn(dialogOf(page));
  await page.keyboard.press("Escape");
  await expect(dialogOf(page)).toHaveCount(0);
  await expect(opener).toBeFocused();
  await page.context().close();
});

test("a button pressed without having the focus, as by voice, has it at once and again after its dialog", async ({
  browser,
}) => {
  const page = await open(browser, "/tutor/video-setup");
  const opener = button(page, "Disconnect");
  const hasItAtOnce = await opener.evaluate((element) => {
    element.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    return element === document.activeElement;
  });
  expect(hasItAtOnce).toBe(true);
  await expectFocusIn(dialogOf(page));
  await page.keyboard.press("Escape");
  await expect(opener).toBeFocused();
  await page.context().close();
});

test("a button that was replaced while its dialog was open has the focus when that is gone", async ({
  browser,
}) => {
  const page = await open(browser, "/tutor/video-setup");
  const opener = button(page, ownLink);
  await press(page, opener);
  await expectFocusIn(dialogOf(page));
  const before = await opener.elementHandle();
  const release = await hold(page, "**/tutor/video-setup**", isReread);
  // The lesson is retried from elsewhere and fails again: its row now belongs to another migration but has
  // the same buttons.
  const migrations = (await (await tutor.api.get("/api/migrations")).json()) as MigrationDetail[];
  const path = `/api/migrations/${migrations[0]?.id}/retry`;
  const answer = await tutor.api.post(path, { data: {} });
  expect(answer.status(), await answer.text()).toBe(200);
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  release();
  await expect.poll(() => before?.evaluate((element) => element.isConnected)).toBe(false);
  await expect(opener).toBeFocused();
  await page.context().close();
});

test("a button that is gone for good leaves the focus at the heading that it stood under", async ({
  browser,
}) => {
  const page = await open(browser, "about:blank");
  await page.clock.install();
  await page.goto("/tutor/video-setup");
  await press(page, button(page, /^Undo/));
  await expectFocusIn(dialogOf(page));
  await page.clock.fastForward("48:00:00");
  await expect(button(page, /^Undo/)).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "What happened?" })).toBeFocused();
  await page.context().close();
});

test("a button that waits for its answer has the focus again when it has come", async ({
  browser,
}) => {
  const page = await open(browser, "/tutor/video-setup");
  const release = await hold(page, "**/api/connection/check");
  const check = button(page, "Check links");
  await press(page, check);
  await expect(check).toBeDisabled();
  await expect(check).not.toBeFocused();
  release();
  await expect(check).toBeEnabled();
  await expect(check).toBeFocused();
  await page.context().close();
});

test("a press on the ground while a button waits leaves the focus alone when the answer comes", async ({
  browser,
}) => {
  const page = await open(browser, "/tutor/video-setup");
  const release = await hold(page, "**/api/connection/check");
  const check = button(page, "Check links");
  await press(page, check);
  await expect(check).toBeDisabled();
  await page.mouse.click(5, 5);
  release();
  await expect(check).toBeEnabled();
  await expect(page.locator("body")).toBeFocused();
  await page.context().close();
});

test("so does a press in the very moment in which the button begins to wait", async ({
  browser,
}) => {
  const page = await open(browser, "/tutor/video-setup");
  const release = await hold(page, "**/api/connection/check");
  const check = button(page, "Check links");
  // Before the browser draws the page again, the disabled button still has the focus.
  await check.evaluate((element) => {
    new MutationObserver((_, observer) => {
      if (!element.matches(":disabled")) return;
      observer.disconnect();
      document.body.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    }).observe(element, { attributes: true });
  });
  await press(page, check);
  await expect(check).toBeDisabled();
  release();
  await expect(check).toBeEnabled();
  await expect(page.locator("body")).toBeFocused();
  await page.context().close();
});

/** Each request has a different time, so that the test can be repeated. */
let asked = 0;
const ask = (subject: string): Promise<string> => {
  asked += 1;
  return requestLesson(tutor, student, { subject, startsAt: inMinutes((72 + asked) * 60) });
};

test("an answered request hands the focus on to the next one, and the last one to the heading", async ({
  browser,
}) => {
  await ask("Algebra");
  await ask("Biology");
  const page = await open(browser, "/bookings");
  const requests = page.getByRole("region", { name: "Requests" });
  const row = (subject: string): Locator =>
    requests.getByRole("listitem").filter({ hasText: subject });
  await press(page, row("Algebra").getByRole("button", { name: "Accept" }));
  await expect(row("Algebra")).toHaveCount(0);
  await expect(row("Biology")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(row("Biology").getByRole("button", { name: "Accept" })).toBeFocused();

  await press(page, row("Biology").getByRole("button", { name: "Decline" }));
  await expectFocusIn(dialogOf(page));
  await press(page, dialogOf(page).getByRole("button", { name: "Decline" }));
  await expect(requests).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await page.context().close();
});

/** Lessons left over from each run would make the list long enough to be split into pages. */
test.afterEach(async () => {
  for (const { id, subject } of await sessionsOf(tutor)) {
    if (!subject.startsWith("Lesson")) await tutor.api.post(`/api/sessions/${id}/cancel`);
  }
});

test("a lesson that moves to another day takes the focus of its menu with it", async ({
  browser,
}) => {
  asked += 1;
  const [lesson] = (
    await bookLessons(tutor, student, [
      { subject: `Chess ${asked}`, startsAt: inMinutes((72 + asked) * 60) },
    ])
  ).filter(({ subject }) => subject === `Chess ${asked}`);
  const page = await open(browser, "/sessions");
  const opener = button(page, new RegExp(`^Change Chess ${asked}`));
  const before = await opener.elementHandle();
  await press(page, opener);
  await expectFocusIn(page.getByRole("menu"));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const start = dialogOf(page).getByLabel("New date and time");
  await expect(start).toBeFocused();
  const later = Date.parse(lesson?.scheduledStartAt ?? "") + 10 * 24 * 60 * 60_000;
  await start.fill(new Date(later).toISOString().slice(0, 16));
  await page.keyboard.press("Enter");
  await expect(dialogOf(page)).toHaveCount(0);
  await expect.poll(() => before?.evaluate((element) => element.isConnected)).toBe(false);
  await expect(opener).toBeFocused();
  await page.context().close();
});

test("a click on the ground leaves the focus alone, whatever the page does then", async ({
  browser,
}) => {
  const page = await open(browser, "about:blank");
  await page.clock.install();
  await page.goto("/tutor/video-setup");
  await tabTo(page, button(page, /^Undo/));
  await page.mouse.click(5, 5);
  await page.clock.fastForward("48:00:00");
  await expect(button(page, /^Undo/)).toHaveCount(0);
  await expect(page.locator("body")).toBeFocused();
  await page.context().close();
});
