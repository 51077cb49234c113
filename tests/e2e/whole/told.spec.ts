/** How a student is notified while the tutor switches, and which notifications they choose. */
import { expect } from "@playwright/test";
import { type App, startApp } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";
import { bookLessons, consent, inMinutes, type TestPerson, tutorOnZoom } from "../people.ts";
import { mailsTo } from "../sandbox.ts";

// Each test continues where the one before stopped.
test.describe.configure({ mode: "serial" });

const guardian = "guardian@people.example";

let app: App;
let tutor: TestPerson;
let student: TestPerson;

test.beforeAll(async ({ browser }) => {
  app = await startApp();
  ({ tutor, student } = await tutorOnZoom(browser, app, "Ten"));
});

test.afterAll(() => app?.stop());

test("a student chooses mails and names a guardian, and a mistake is shown at its field", async () => {
  const { page } = student;
  await page.goto("/settings");
  const field = page.getByLabel("Guardian’s email address");
  await field.fill("nobody");
  await page.getByRole("button", { name: "Save email settings" }).click();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByText("This is not an email address.", { exact: true })).toBeVisible();
  await field.fill(guardian);
  await page.getByLabel("Remind me a day before a lesson").uncheck();
  await page.getByRole("button", { name: "Save email settings" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.reload();
  await expect(field).toHaveValue(guardian);
  await expect(page.getByLabel("Remind me a day before a lesson")).not.toBeChecked();
  await expect(page.getByLabel("Remind me an hour before a lesson")).toBeChecked();
});

test("the guardian agrees on the page that their mail leads to", async ({ browser }) => {
  const link = async () =>
    /https?:\S+\/asked\/\w+/.exec((await mailsTo(app, guardian))[0]?.text ?? "")?.[0];
  await expect.poll(link).toBeDefined();
  const page = await (await browser.newContext()).newPage();
  await page.goto((await link()) ?? "");
  await page.getByRole("radio", { name: "Yes, send me copies" }).check();
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText("You have agreed: you get copies.")).toBeVisible();
});

test("a tutor is asked for no guardian", async () => {
  await tutor.page.goto("/settings");
  await expect(tutor.page.getByLabel("Remind me a day before a lesson")).not.toBeChecked();
  await expect(tutor.page.getByLabel("Guardian’s email address")).toHaveCount(0);
});

test("a change to a lesson within the hour notifies student and guardian at once", async () => {
  await bookLessons(tutor, student, [{ subject: "Physics", startsAt: inMinutes(40) }]);
  await consent(tutor, "Switch to Google Meet", "ten@google.example");
  for (const email of [student.email, guardian]) {
    await expect
      .poll(async () => (await mailsTo(app, email)).map(({ subject }) => subject))
      .toContain("A lesson with “Tutor Ten”: now on Google Meet");
  }
});

test("the sessions page says what has changed until that is dismissed", async () => {
  const { page } = student;
  await page.goto("/sessions");
  const note = page.getByText("One lesson with Tutor Ten moved from Zoom to Google Meet.");
  await expect(note).toBeVisible();
  await expect(page.getByText("Your link stays the same.")).toBeVisible();
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect(note).toHaveCount(0);
  await page.reload();
  await expect(page.getByText("Physics").first()).toBeVisible();
  await expect(note).toHaveCount(0);
});

test("a student calls a lesson off themselves after being asked, on its own page too", async () => {
  const { page } = student;
  await page.goto("/sessions");
  await page.getByRole("link", { name: "Physics" }).first().click();
  await expect(page.getByRole("heading", { name: /^Physics/ })).toBeVisible();
  const lessons = page.getByRole("navigation").getByRole("link", { name: "Sessions" });
  await expect(lessons).toHaveAttribute("aria-current", "true");
  await page.getByRole("button", { name: /^Change Physics/ }).click();
  await expect(page.getByRole("menuitem")).toHaveText(["Ask for another time", "Cancel lesson"]);
  await page.getByRole("menuitem", { name: "Cancel lesson" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("We’ll let Tutor Ten know.")).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel lesson: Physics" }).click();
  await expect(page.getByText("The lesson is cancelled.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Change Physics/ })).toHaveCount(0);
  await expect
    .poll(async () => (await mailsTo(app, tutor.email)).map(({ subject }) => subject).join())
    .toContain("Cancelled: “Physics”");
});
