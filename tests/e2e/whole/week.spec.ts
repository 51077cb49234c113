/** The lessons' pages: a week at a glance, filters, another time zone, and the feed for a calendar app. */
import { expect } from "@playwright/test";
import { type App, startApp } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";
import { englishDay } from "../days.ts";
import { bookLessons, consent, newPerson, type TestPerson } from "../people.ts";
import { withoutLimits } from "../sandbox.ts";

test.describe.configure({ mode: "serial" });

const ZONE = "Europe/Berlin";
/** Wednesday of next week at 16:00 in Berlin; the other two lessons are on the day after. */
const today = Temporal.Now.zonedDateTimeISO(ZONE);
const wednesday = today.add({ days: 10 - today.dayOfWeek }).withPlainTime({ hour: 16 });
/** New York isn't always six hours behind, because the two change their clocks on different days. */
const there = wednesday.withTimeZone("America/New_York").hour;
const thereToo = `${there}:00 – ${there}:30`;
const iso = (date: Temporal.ZonedDateTime) => date.toInstant().toString();

let app: App;
let tutor: TestPerson;
let student: TestPerson;

test.beforeAll(async ({ browser }) => {
  app = await startApp();
  await withoutLimits(app);
  tutor = await newPerson(browser, app, { role: "tutor", name: "Week Tutor", timeZone: ZONE });
  student = await newPerson(browser, app, {
    role: "student",
    name: "Week Student",
    timeZone: "America/New_York",
  });
  await consent(tutor, "Connect Zoom", "host@zoom.example");
  const lessons = await bookLessons(tutor, student, [
    { subject: "Algebra", startsAt: iso(wednesday) },
    { subject: "French", startsAt: iso(wednesday.add({ days: 1 })) },
    { subject: "Physics", startsAt: iso(wednesday.add({ days: 1, hours: 1 })) },
  ]);
  const french = lessons.find(({ subject }) => subject === "French");
  const answer = await tutor.api.post(`/api/sessions/${french?.id}/cancel`);
  expect(answer.status(), await answer.text()).toBe(200);
});

test.afterAll(async () => {
  await app?.stop();
});

test("next week shows each lesson on its day, and the address brings the same week back", async () => {
  const { page } = tutor;
  await page.goto("/sessions");
  await page.getByRole("tab", { name: "Week" }).click();
  await expect(page.getByRole("main").getByText("No lessons this week")).toBeVisible();
  await page.getByRole("link", { name: "Next week" }).click();
  const day = (date: Temporal.ZonedDateTime) =>
    page.getByRole("region", { name: englishDay(date) });
  const algebra = page.getByRole("link", { name: "Algebra" });
  await expect(day(wednesday).getByRole("link", { name: /16:00 – 16:30.*Algebra/ })).toBeVisible();
  await expect(day(wednesday.add({ days: 1 })).getByRole("link")).toHaveCount(2);
  await page.reload();
  await expect(algebra).toBeVisible();
  await page.keyboard.press("Alt+Shift+ArrowLeft");
  await expect(algebra).toHaveCount(0);
  await page.goBack();
  await expect(algebra).toBeVisible();
  await page.getByRole("link", { name: "Today" }).click();
  await expect(page.getByRole("link", { name: "Today" })).toHaveAttribute("aria-current", "date");
});

test("an address without a week, or with a day that makes none, shows the present week", async () => {
  const { page } = tutor;
  const asked = ["", "&week=", "&week=0000-01-01", "&week=9999-12-31", "&week=%2B275760-09-13"];
  const others = ["&from=0000-01-01", "&until=9999-12-31&from=9999-12-31", "&until=0000-01-01"];
  for (const query of [...asked, ...others]) {
    const answer = await page.goto(`/sessions?view=week${query}`);
    expect(answer?.status(), query).toBe(200);
    const link = page.getByRole("link", { name: "Today" });
    await expect(link, query).toHaveAttribute("aria-current", "date");
  }
});

test("on a phone the week is a list by day, with the free days named", async () => {
  const { page } = tutor;
  const before = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/sessions?view=week&week=${wednesday.toPlainDate()}`);
  await expect(page.getByRole("link", { name: /Algebra/ })).toBeVisible();
  await expect(page.getByText("No lessons", { exact: true })).toHaveCount(5);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
  expect(overflow).toBe(false);
  await page.setViewportSize(before ?? { width: 1280, height: 720 });
});

test("a block leads to its lesson, and back to the same week", async () => {
  const { page } = tutor;
  await page.goto(`/sessions?view=week&week=${wednesday.toPlainDate()}`);
  await page.getByRole("link", { name: /Algebra/ }).press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Algebra with Week Student");
  await expect(page.getByText(`${thereToo} in America/New York`)).toBeVisible();
  await page.getByRole("link", { name: "Back to Sessions" }).click();
  await expect(page.getByRole("link", { name: /Algebra/ })).toBeVisible();
});

test("filters by state and provider say what they find, and where", async () => {
  const { page } = tutor;
  await page.goto("/sessions");
  const filter = page.getByRole("button", { name: "Filter lessons" });
  await filter.click();
  await expect(filter).toHaveAttribute("aria-expanded", "true");
  await page.getByRole("combobox", { name: "State" }).selectOption("Cancelled");
  await expect(page.getByRole("heading", { name: "No lesson matches" })).toBeVisible();
  await page.getByRole("button", { name: "Show it under Past and cancelled" }).click();
  await expect(page.getByRole("link", { name: "French" })).toBeVisible();
  expect(new URL(page.url()).search).toBe("?view=past&state=cancelled");
  await page.reload();
  await expect(page.getByRole("link", { name: "French" })).toBeVisible();
  await page.getByRole("combobox", { name: "Provider" }).selectOption("Google Meet");
  await expect(page.getByText("None of your lessons matches these filters.")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).first().click();
  await expect(page.getByRole("link", { name: "French" })).toBeVisible();
  await expect(filter).toHaveAttribute("aria-expanded", "false");
});

test("another time zone holds for this view; keeping it is a choice of its own", async () => {
  const { page, api } = tutor;
  await page.goto("/sessions");
  const next = page.getByRole("region", { name: "Next lesson" });
  await expect(next.getByText("16:00 – 16:30")).toBeVisible();
  await page.getByRole("button", { name: "Time zone of this view: Europe/Berlin" }).click();
  const zone = page.getByRole("combobox", { name: "Time zone of this view" });
  await expect(zone).toBeFocused();
  await zone.fill("Tokyo");
  await page.getByRole("option", { name: "Asia/Tokyo" }).click();
  await expect(next.getByText("16:00 – 16:30")).toHaveCount(0);
  await expect(page.getByText(/Only this view is in/)).toBeVisible();
  expect(await (await api.get("/api/me")).json()).toMatchObject({ timeZone: ZONE });
  await page.reload();
  await expect(next.getByText("16:00 – 16:30")).toHaveCount(0);
  await page.getByRole("button", { name: "Back to Europe/Berlin" }).click();
  await expect(next.getByText("16:00 – 16:30")).toBeVisible();

  await page.getByRole("button", { name: "Time zone of this view: Europe/Berlin" }).click();
  await zone.fill("Lisbon");
  await page.getByRole("option", { name: "Europe/Lisbon" }).click();
  await page.getByRole("button", { name: "Always use Europe/Lisbon" }).click();
  await expect(page.getByText(/Only this view is in/)).toHaveCount(0);
  await expect(next.getByText("15:00 – 15:30")).toBeVisible();
  expect(await (await api.get("/api/me")).json()).toMatchObject({ timeZone: "Europe/Lisbon" });
});

test("a lesson's time shows the other side's clock to those who point at it", async () => {
  const { page } = student;
  await page.goto("/sessions");
  await page.getByRole("button", { name: thereToo }).first().focus();
  await expect(page.getByRole("tooltip")).toContainText("15:00 – 15:30 for Week Tutor");
});

test("a private address is made, read without sign-in, replaced and revoked", async ({
  playwright,
}) => {
  const { page } = student;
  const calendarApp = await playwright.request.newContext();
  const status = async (url: string) => (await calendarApp.get(url)).status();
  await page.goto("/settings");
  await page.getByRole("button", { name: "Make a private link" }).click();
  const address = page.getByLabel("Your private link");
  const first = await address.inputValue();
  const answer = await calendarApp.get(first);
  expect(answer.status()).toBe(200);
  expect(answer.headers()["content-type"]).toContain("text/calendar");
  expect(answer.headers()["cache-control"]).toContain("private");
  const text = await answer.text();
  expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(3);
  expect(text.match(/STATUS:CANCELLED/g)).toHaveLength(1);
  expect(text).not.toContain("/zoom/j/");

  await page.reload();
  await expect(page.getByText("It can’t be shown again.")).toBeVisible();
  await page.getByRole("button", { name: "Make a new link" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Make a new link" }).click();
  await expect(address).not.toHaveValue(first);
  const second = await address.inputValue();
  expect([await status(first), await status(second)]).toEqual([404, 200]);

  await page.getByRole("button", { name: "Revoke link" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke link" }).click();
  await expect(page.getByRole("button", { name: "Make a private link" })).toBeVisible();
  expect(await status(second)).toBe(404);
  await calendarApp.dispose();
});
