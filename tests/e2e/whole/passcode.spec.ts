/** A Zoom account whose links lack the passcode: who reads it where, and how people get in. */
import { expect } from "@playwright/test";
import type { SessionView } from "#lib/services/sessions/views.ts";
import { type App, startApp } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";
import { bookLessons, inMinutes, type TestPerson, tutorOnZoom } from "../people.ts";
import { mailsTo, meetingsAt, setPasscode, setSettings } from "../sandbox.ts";

// Each test continues where the one before stopped.
test.describe.configure({ mode: "serial" });

let app: App;
let tutor: TestPerson;
let student: TestPerson;
let lesson: SessionView;

test.beforeAll(async ({ browser }) => {
  app = await startApp({ env: { JOIN_OPENS_MINUTES_BEFORE: "60" } });
  await setSettings(app, { zoomPasscodeInLinks: false });
  ({ tutor, student } = await tutorOnZoom(browser, app, "Asked"));
  const plan = { subject: "Asked", startsAt: inMinutes(70) };
  [lesson] = (await bookLessons(tutor, student, [plan])) as [SessionView];
});

test.afterAll(async () => {
  await app?.stop();
});

test("before the door opens, both sides read the passcode on the lesson's page", async () => {
  for (const { page } of [student, tutor]) {
    await page.goto(`/sessions/${lesson.id}`);
    await expect(page.getByText("Zoom asks for this passcode")).toBeVisible();
    await expect(page.getByText(await passcode(), { exact: true })).toBeVisible();
  }
});

test("a student who joins reads it, copies it, and gets in with it", async ({ browserName }) => {
  const { page } = student;
  expect(browserName).toBe("chromium");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const startsAt = inMinutes(20);
  await tutor.api.post(`/api/sessions/${lesson.id}/reschedule`, { data: { startsAt } });
  await page.goto(`/sessions/${lesson.id}/join`);
  await page.waitForURL(`**/sessions/${lesson.id}`);
  await page.getByRole("button", { name: "Copy passcode" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const opened = page.context().waitForEvent("page");
  await page.getByRole("link", { name: "Join", exact: true }).click();
  const room = await opened;
  await room.getByLabel("Meeting passcode").focus();
  await room.keyboard.press("ControlOrMeta+v");
  await room.getByRole("button", { name: "Join meeting" }).click();
  await expect(room.getByText("guest")).toBeVisible();
  await room.close();
});

test("changed by hand at Zoom, the new one appears on the open page once links are checked", async () => {
  const [room] = await meetingsAt(app, "zoom");
  await setPasscode(app, room?.id ?? "", "new-1-new");
  await tutor.page.goto("/tutor/video-setup");
  await tutor.page.getByRole("button", { name: "Check links" }).click();
  await expect(student.page.getByText("new-1-new")).toBeVisible({ timeout: 20_000 });
});

test("the tutor is told of Zoom's setting, goes in as the host, and nobody's mail holds a passcode", async () => {
  const { page, api } = tutor;
  await expect(page.getByText("Embed passcode in invite link")).toBeVisible();
  const door = await api.get(`/sessions/${lesson.id}/join`, { maxRedirects: 0 });
  expect(door.headers().location).toContain("zak=");
  const mails = [...(await mailsTo(app, student.email)), ...(await mailsTo(app, tutor.email))];
  expect(mails.length).toBeGreaterThan(0);
  expect(JSON.stringify(mails)).not.toContain(await passcode());
});

const passcode = async () => (await meetingsAt(app, "zoom"))[0]?.passcode ?? "none";
