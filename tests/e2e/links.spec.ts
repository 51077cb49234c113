/** Personal links: whoever has one gets in without a sign-in, and nobody else does, nor anything that only looks. */
import { type Browser, devices, expect, type Page } from "@playwright/test";
import type { SessionView } from "#lib/services/sessions/views.ts";
import { type App, startApp } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";
import { bookLessons, inMinutes, type TestPerson, tutorOnZoom } from "./people.ts";
import { mailsTo } from "./sandbox.ts";

// Each test continues where the one before stopped.
test.describe.configure({ mode: "serial" });

let app: App;
let tutor: TestPerson;
let student: TestPerson;
let lesson: SessionView;
let link: string;

test.beforeAll(async ({ browser }) => {
  app = await startApp({ env: { JOIN_OPENS_MINUTES_BEFORE: "60" } });
  ({ tutor, student } = await tutorOnZoom(browser, app, "Doors"));
  const plan = { subject: "Doors", startsAt: inMinutes(3_000) };
  [lesson] = (await bookLessons(tutor, student, [plan])) as [SessionView];
  link = await linkIn(student.email, "accepted");
});

test.afterAll(() => app?.stop());

const joins = () => app.command("sql", "select count(*) as n from session_joins");
const asked = () => app.command("sql", "select count(*) as n from change_requests");

/** As mail filters do: opens the link, waits, and presses every button that it finds. */
async function pressEverything(browser: Browser): Promise<string> {
  const page = await phone(browser);
  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForLoadState("networkidle");
  await page.locator("html[data-live]").waitFor();
  // All at once: a press may put something else in the place of the next button.
  await page.evaluate(() => {
    for (const button of document.querySelectorAll<HTMLElement>("main button")) button.click();
  });
  await page.waitForLoadState("networkidle");
  const content = await page.content();
  await page.context().close();
  return content;
}

test("a mail filter that presses every button, before the room is open, asks for nothing and joins nothing", async ({
  browser,
}) => {
  const before = [await joins(), await asked()];
  expect(await pressEverything(browser)).not.toMatch(/\/zoom\/j\//);
  expect((await fetch(`${link}/enter`, { method: "POST" })).status).toBe(409);
  expect([await joins(), await asked()]).toEqual(before);
});

test("a phone without any cookie sees the lesson, and goes in by a tap once the room is open", async ({
  browser,
}) => {
  const page = await phone(browser);
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "You’re early" })).toBeVisible();
  await expect(page.getByText("Doors with Tutor Doors")).toBeVisible();
  await expect(page.getByRole("button", { name: "Join" })).toHaveCount(0);
  await moveLesson(20);
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByText("guest")).toBeVisible();
  expect(new URL(page.url()).pathname).toMatch(/^\/zoom\//);
  await page.context().close();
});

test("what only looks, with or without a script, has joined nothing and learned no room", async ({
  browser,
}) => {
  const before = await joins();
  for (const method of ["GET", "HEAD"]) {
    const answer = await fetch(link, { method });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toContain("no-store");
    expect(await answer.text()).not.toMatch(/\/zoom\/j\//);
  }
  const page = await phone(browser);
  await page.goto(link);
  await expect(page.getByRole("button", { name: "Join" })).toBeVisible();
  expect(await page.content()).not.toMatch(/\/zoom\/j\//);
  await page.context().close();
  expect(await joins()).toEqual(before);
});

test("written in capitals, and with a full stop behind it, it is the same door", async ({
  browser,
}) => {
  const page = await phone(browser);
  const { origin, pathname } = new URL(link);
  await page.goto(`${origin}${pathname.toUpperCase()}.`);
  await expect(page.getByText("Doors with Tutor Doors")).toBeVisible();
  await page.context().close();
});

test("links that a student has ended lead on to the new one", async ({ browser }) => {
  await student.page.goto("/settings");
  await student.page.getByRole("button", { name: "End my links" }).click();
  await student.page.getByRole("dialog").getByRole("button", { name: "End my links" }).click();
  await expect(student.page.getByText("New links are on their way")).toBeVisible();
  const present = await linkIn(student.email, "Your link");
  expect(present).not.toBe(link);
  const page = await phone(browser);
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
  await expect(page.getByText("Doors")).toHaveCount(0);
  await page.getByRole("button", { name: "Send me my new link" }).click();
  await expect(page.getByText(/on its way to your inbox/)).toBeVisible();
  await page.goto(present);
  await expect(page.getByRole("button", { name: "Join" })).toBeVisible();
  await page.context().close();
});

test("an old link to the lesson offers to have one's own sent, before the sign-in", async ({
  browser,
}) => {
  const page = await phone(browser);
  const count = (await mailsTo(app, student.email)).length;
  await page.goto(lesson.joinUrl);
  await page.getByRole("button", { name: "Send me my link" }).click();
  await expect(page.getByText(/on its way to your inbox/)).toBeVisible();
  await expect.poll(async () => (await mailsTo(app, student.email)).length).toBe(count + 1);
  await page.context().close();
});

test("a cancelled lesson's door says why, to a mail filter that presses everything, too", async ({
  browser,
}) => {
  link = await linkIn(student.email, "Your link");
  const before = [await joins(), await asked()];
  const message = "I have a cold.";
  await tutor.api.post(`/api/sessions/${lesson.id}/cancel`, { data: { message } });
  const content = await pressEverything(browser);
  expect(content).toContain(message);
  expect(content).not.toMatch(/\/zoom\/j\//);
  expect((await fetch(`${link}/enter`, { method: "POST" })).status).toBe(409);
  expect([await joins(), await asked()]).toEqual(before);
});

test("a calendar that reads its feed again is told that nothing has changed", async () => {
  const { url } = await (await student.api.post("/api/calendar")).json();
  const first = await fetch(url);
  const etag = first.headers.get("etag") ?? "";
  expect(await first.text()).toContain("END:VCALENDAR");
  const again = await fetch(url, { headers: { "if-none-match": `W/${etag}` } });
  expect([again.status, await again.text()]).toEqual([304, ""]);
  const other = await fetch(url, { headers: { "if-none-match": '"another"' } });
  expect(other.status).toBe(200);
});

const phone = async (browser: Browser): Promise<Page> =>
  (await browser.newContext({ ...devices["iPhone 13"], locale: "en-GB" })).newPage();

const moveLesson = (minutes: number) =>
  tutor.api.post(`/api/sessions/${lesson.id}/reschedule`, {
    data: { startsAt: inMinutes(minutes) },
  });

/** The newest link in a mail whose subject holds that. */
async function linkIn(email: string, subject: string): Promise<string> {
  const find = async () => {
    const mail = (await mailsTo(app, email)).find((one) => one.subject.includes(subject));
    return /http\S+\/j\/\w+/.exec(mail?.text ?? "")?.[0];
  };
  await expect.poll(find).toBeTruthy();
  return (await find()) ?? "";
}
