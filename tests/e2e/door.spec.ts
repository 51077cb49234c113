/** What open pages do when a lesson opens, moves or is cancelled, before the room opens and after. */
import { expect } from "@playwright/test";
import type { SessionView } from "#lib/services/sessions/views.ts";
import { type App, startApp } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";
import { bookLessons, consent, newPerson, type TestPerson } from "./people.ts";
import { withoutLimits } from "./sandbox.ts";

// Each test continues where the one before stopped.
test.describe.configure({ mode: "serial" });

const OPENS_MINUTES_BEFORE = 5;
const fromNow = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

let app: App;
let tutor: TestPerson;
let student: TestPerson;
let soon: SessionView;
let later: SessionView;

test.beforeAll(async ({ browser }) => {
  app = await startApp({ env: { JOIN_OPENS_MINUTES_BEFORE: `${OPENS_MINUTES_BEFORE}` } });
  await withoutLimits(app);
  tutor = await newPerson(browser, app, { role: "tutor", name: "Door Tutor" });
  student = await newPerson(browser, app, { role: "student", name: "Door Student" });
  await consent(tutor, "Connect Zoom", "host@zoom.example");
  const lessons = await bookLessons(tutor, student, [
    { subject: "Soon", startsAt: fromNow(24 * 3600) },
    { subject: "Later", startsAt: fromNow(48 * 3600) },
  ]);
  const find = (subject: string) => {
    const lesson = lessons.find((found) => found.subject === subject);
    if (!lesson) throw new Error(`No lesson ${subject}`);
    return lesson;
  };
  [soon, later] = [find("Soon"), find("Later")];
});

test.afterAll(async () => {
  await app?.stop();
});

test("the link followed too early waits with a countdown, and opens by itself", async () => {
  const { page } = student;
  const opensIn = async (seconds: number) => {
    const startsAt = fromNow(OPENS_MINUTES_BEFORE * 60 + seconds);
    const path = `/api/sessions/${soon.id}/reschedule`;
    const moved = await tutor.api.post(path, { data: { startsAt } });
    expect(moved.status(), await moved.text()).toBe(200);
    return startsAt;
  };
  await opensIn(30 * 60);
  await page.goto(`/sessions/${soon.id}/join`);
  await expect(page.getByRole("heading", { name: "You’re early" })).toBeVisible();
  await expect(page.getByRole("timer")).toHaveText(/^\d\d:\d\d$/);
  await expect(page.getByText("Soon with Door Tutor")).toBeVisible();
  // The waiting page learns of the new time while it is open, and has a few seconds left to count down.
  const startsAt = await opensIn(8);
  await page.waitForURL(/\/zoom\//);
  const opensAt = Date.parse(startsAt) - OPENS_MINUTES_BEFORE * 60_000;
  expect(Date.now()).toBeGreaterThanOrEqual(opensAt);
});

test("whoever only looks at the open link, as programs and browsers do, hasn't joined", async () => {
  const joins = () => app.command("sql", "select count(*) as n from session_joins");
  const before = await joins();
  const path = `/sessions/${soon.id}/join`;
  expect((await student.api.fetch(path, { method: "HEAD", maxRedirects: 0 })).status()).toBe(204);
  const headers = { "sec-purpose": "prefetch;prerender" };
  expect((await student.api.get(path, { headers, maxRedirects: 0 })).status()).toBe(425);
  expect(await joins()).toEqual(before);
  const joined = await student.api.get(path, { maxRedirects: 0 });
  expect(joined.headers().location).toMatch(/\/zoom\//);
  expect(await joins()).not.toEqual(before);
});

test("a browser that has fetched the link in advance enters at the press", async () => {
  const page = await student.page.context().newPage();
  await page.goto("/sessions");
  const cdp = await page.context().newCDPSession(page);
  const fetched = new Promise<void>((resolve) => {
    cdp.on("Preload.prefetchStatusUpdated", ({ status }) => {
      if (status === "Ready" || status === "Failure") resolve();
    });
  });
  await cdp.send("Preload.enable");
  await page.evaluate((path) => {
    const rules = document.createElement("script");
    rules.type = "speculationrules";
    rules.textContent = JSON.stringify({ prefetch: [{ urls: [path], eagerness: "immediate" }] });
    document.head.append(rules);
  }, `/sessions/${soon.id}/join`);
  await fetched;
  await page.evaluate((path) => location.assign(path), `/sessions/${soon.id}/join`);
  await page.waitForURL(/\/zoom\//);
  await page.close();
});

test("open pages show at once that a lesson has moved, and lead into the new room", async () => {
  const sessions = await student.page.context().newPage();
  await sessions.goto("/sessions");
  const waiting = await student.page.context().newPage();
  await waiting.goto(`/sessions/${later.id}/waiting`);
  await expect(waiting.getByRole("heading", { name: "You’re early" })).toBeVisible();
  await expect(sessions.getByRole("link", { name: "Join", exact: true })).toBeVisible();

  await consent(tutor, "Switch to Google Meet", "host@google.example");

  const moved = "This lesson has moved to a new room. Join again";
  await expect(sessions.getByRole("alert").getByText(moved)).toBeVisible();
  await expect(waiting.getByText("The room is now on Google Meet instead of Zoom.")).toBeVisible();
  await expect(waiting.getByText("Door Tutor lets you in.")).toBeVisible();

  await waiting.goto(`/sessions/${soon.id}/waiting`);
  await expect(waiting.getByRole("heading", { name: moved })).toBeVisible();
  const [room] = await Promise.all([
    sessions.context().waitForEvent("page"),
    sessions.getByRole("alert").getByRole("link", { name: "Join again" }).click(),
  ]);
  await expect(room.getByRole("heading", { name: "Google Meet" })).toBeVisible();
  await expect(sessions.getByRole("alert").getByText(moved)).toHaveCount(0);
  await Promise.all([room.close(), sessions.close(), waiting.close()]);
});

test("the tutor sees every room that a lesson had, and why it changed", async () => {
  const { page } = tutor;
  await page.goto("/sessions");
  await page.getByRole("link", { name: "Later" }).click();
  const history = page.getByRole("region", { name: "Link history" });
  await expect(history.getByText(/You switched provider, since today/)).toBeVisible();
  await expect(history.getByText(/First room of this lesson, today/)).toBeVisible();
  await expect(history.getByRole("link", { name: /\/meet\/[a-z-]+$/ })).toBeVisible();
  await expect(history.getByRole("link", { name: /\/zoom\/j\/\d+/ })).toBeVisible();
});

test("the student sees that it moved, and no provider's link", async () => {
  const { page } = student;
  await page.goto(`/sessions/${later.id}`);
  const history = page.getByRole("region", { name: "Link history" });
  await expect(history.getByText("Moved from Zoom to Google Meet")).toBeVisible();
  const content = await page.content();
  expect(content).not.toContain("/zoom/j/");
  expect(content).not.toMatch(/\/meet\/[a-z]{3}-/);
});

test("a page that waits learns of a new time, and that the lesson is called off", async () => {
  const { page } = student;
  await page.goto(`/sessions/${later.id}/join`);
  const startsAt = new Date(Date.parse(later.scheduledStartAt) + 3_600_000).toISOString();
  const moved = await tutor.api.post(`/api/sessions/${later.id}/reschedule`, {
    data: { startsAt },
  });
  expect(moved.status(), await moved.text()).toBe(200);
  await expect(page.getByText(/The lesson has a new time:/)).toBeVisible();
  expect((await tutor.api.post(`/api/sessions/${later.id}/cancel`)).status()).toBe(200);
  await expect(page.getByRole("heading", { name: "This lesson is cancelled" })).toBeVisible();
  await expect(page.getByRole("link", { name: /^Join/ })).toHaveCount(0);
});
