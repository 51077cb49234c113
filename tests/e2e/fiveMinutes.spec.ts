/**
 * A new tutor is at work within five minutes: from signing up to ten weekly lessons with rooms, and a student who comes in
 * on a phone, without any cookie or account. So does a guardian. The clicks and seconds are the run's own.
 */
import { type Browser, devices, expect, type Page } from "@playwright/test";
import { type App, startApp } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";
import { inMinutes, newPerson, sessionsOf, type TestPerson } from "./people.ts";
import { mailsTo, withoutLimits } from "./sandbox.ts";

test.describe.configure({ mode: "serial" });

const GUARDIAN = "guardian@families.example";
let app: App;
let tutor: TestPerson;
let clicks = 0;
let link = "";

test.beforeAll(async ({ browser }) => {
  app = await startApp({ env: { JOIN_OPENS_MINUTES_BEFORE: "60" } });
  await withoutLimits(app);
  tutor = await newPerson(browser, app, { role: "tutor", name: "Tutor Five" });
});

test.afterAll(() => app?.stop());

const press = async (page: Page, name: string | RegExp, role: "button" | "link" = "button") => {
  await page.getByRole(role, { name }).first().click();
  clicks += 1;
};

test("three steps lead a new tutor to ten weekly lessons with rooms", async () => {
  const begun = performance.now();
  const { page } = tutor;
  await page.goto("/sessions");
  await expect(page.getByRole("heading", { name: "Three steps" })).toBeVisible();
  await press(page, "Connect Zoom or Google Meet", "link");
  await press(page, /^Connect Zoom$/, "link");
  await page.getByRole("radio").first().check();
  await press(page, "Allow");
  await page.waitForURL("**/tutor/video-setup?**");

  await press(page, /^Students$/, "link");
  await press(page, "Add a student");
  await page.getByLabel("Name", { exact: true }).fill("Mia");
  await page.getByLabel(/^Guardian’s email/).fill(GUARDIAN);
  await press(page, /^Add$/);
  await expect(page.getByRole("heading", { name: "Mia" })).toBeVisible();
  // Back shows the list as it is now, and not as it was left.
  await page.goBack();
  await expect(page.getByRole("link", { name: "Mia" })).toBeVisible();
  await page.goForward();

  await page.getByLabel("Subject").fill("Fractions");
  await page.getByLabel("Date").fill(inMinutes(2 * 24 * 60).slice(0, 10));
  await page.getByLabel("Time", { exact: true }).fill("10:00");
  await page.getByRole("radio", { name: "Weekly" }).check();
  await page.getByLabel("Number of weeks").fill("10");
  await press(page, "Add 10 lessons");
  await expect(page.getByRole("button", { name: "Copy link" })).toHaveCount(10);
  await expect
    .poll(async () => (await sessionsOf(tutor)).filter((one) => one.linkState === "ready").length)
    .toBe(10);
  const seconds = Math.round((performance.now() - begun) / 1000);
  test.info().annotations.push({ type: "figures", description: `${clicks} clicks, ${seconds} s` });
  expect(clicks).toBeLessThan(15);
  await page.goto("/sessions");
  await expect(page.getByRole("img", { name: "Done" })).toHaveCount(2);
});

test("the link that the tutor copies takes a student in on a phone, without any cookie", async ({
  browser,
}) => {
  const [lesson] = await sessionsOf(tutor);
  const answer = await tutor.api.get(`/api/sessions/${lesson?.id}/personal-link`);
  link = ((await answer.json()) as { url: string }).url;
  const page = await phone(browser);
  await page.goto(link);
  await expect(page.getByText("Fractions with Tutor Five")).toBeVisible();
  await expect(page.getByRole("heading", { name: "You’re early" })).toBeVisible();
  const moved = await tutor.api.post(`/api/sessions/${lesson?.id}/reschedule`, {
    data: { startsAt: inMinutes(20) },
  });
  expect(moved.status(), await moved.text()).toBe(200);
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByText("guest")).toBeVisible();
  await page.context().close();
});

test("a guardian agrees by mail, and comes in by a link of their own", async ({ browser }) => {
  const [question] = await mailsTo(app, GUARDIAN);
  const asked = /https?:\S+\/asked\/\w+/.exec(question?.text ?? "")?.[0] ?? "";
  const page = await phone(browser);
  await page.goto(asked);
  await page.getByRole("radio", { name: "Yes, send me copies" }).check();
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText("You have agreed")).toBeVisible();
  await expect.poll(async () => (await mailsTo(app, GUARDIAN)).length).toBeGreaterThan(1);
  const links = (await mailsTo(app, GUARDIAN)).find(({ text }) => text.includes("/j/"));
  const own = /https?:\S+\/j\/\w+/.exec(links?.text ?? "")?.[0] ?? "";
  expect(own).not.toBe(link);
  await page.goto(own);
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByText("guest")).toBeVisible();
  const joins = await app.command(
    "sql",
    "select count(*) filter (where as_guardian) as guardians, count(*) as n from session_joins",
  );
  expect(JSON.stringify(joins)).toMatch(/"?guardians"?:\s*"?1"?.*"?n"?:\s*"?2"?/);
  await page.context().close();
});

const phone = async (browser: Browser): Promise<Page> =>
  (await browser.newContext({ ...devices["Pixel 7"], baseURL: app.url })).newPage();
