/** Two people who read no documentation get from nothing to a lesson in its room, by clicks alone. */
import { type Browser, expect, type Page } from "@playwright/test";
import { type App, startApp } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";
import { inputOf } from "./days.ts";
import { confirmationFor, mailsTo } from "./sandbox.ts";

// Each test continues where the one before stopped.
test.describe.configure({ mode: "serial" });

const PASSWORD = "a-password-for-tests";
const ZONE = "America/St_Johns";
const tutorMail = "nora@people.example";
const studentMail = "sam@people.example";

let app: App;
let tutor: Page;
let student: Page;

test.beforeAll(async ({ browser }) => {
  app = await startApp({ fresh: true });
  tutor = await visitor(browser);
  student = await visitor(browser);
});

test.afterAll(() => app?.stop());

const visitor = async (browser: Browser) =>
  (await browser.newContext({ baseURL: app.url })).newPage();

async function signUp(page: Page, role: "Tutor" | "Student", name: string, email: string) {
  await page.goto("/");
  await page.getByRole("link", { name: "Create account" }).first().click();
  await page.getByRole("radio", { name: role }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  // The browser's own zone is already selected.
  await expect(page.getByRole("combobox", { name: "Time zone" })).toHaveValue(ZONE);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL(role === "Tutor" ? "**/tutor/video-setup" : "**/bookings");
}

test("a tutor and a student sign up", async () => {
  await signUp(tutor, "Tutor", "Nora", tutorMail);
  await signUp(student, "Student", "Sam", studentMail);
  await student.getByRole("link", { name: "Sessions" }).first().click();
  await expect(student.getByRole("main").getByText("No lessons ahead")).toBeVisible();
});

test("each confirms the address by the mail that has come", async () => {
  for (const [page, email] of [
    [tutor, tutorMail],
    [student, studentMail],
  ] as const) {
    const back = page.url();
    await expect(page.getByText(`Confirm your address ${email}`)).toBeVisible();
    await page.goto(await confirmationFor(app, email));
    await page.getByRole("button", { name: "Confirm address" }).click();
    await expect(page.getByText(`The address ${email} is confirmed.`)).toBeVisible();
    await page.goto(back);
  }
});

test("the student asks for three weekly lessons", async () => {
  await student.getByRole("link", { name: "Book a lesson" }).click();
  const start = Temporal.Now.zonedDateTimeISO(ZONE).add({ minutes: 12 });
  await student.getByRole("combobox", { name: "Tutor" }).selectOption("Nora");
  await student.getByLabel("Subject").fill("Algebra");
  await student.getByLabel("Date").fill(inputOf(start).slice(0, 10));
  await student.getByLabel("Time").fill(inputOf(start).slice(11));
  await student.getByRole("radio", { name: "Weekly" }).check();
  await student.getByLabel("Number of weeks").fill("3");
  await student.getByRole("button", { name: "Ask for 3 lessons" }).click();
  await expect(student.getByText("Nora has your request and will answer it.")).toBeVisible();
  await expect(student.getByRole("main").getByText("Waiting for an answer")).toBeVisible();
});

test("the sessions page shows the tutor that a request waits", async () => {
  await tutor.getByRole("link", { name: "Sessions" }).first().click();
  await expect(
    tutor.getByRole("main").getByText("A request is waiting for your answer"),
  ).toBeVisible();
});

test("accepting without a provider says what is missing, and keeps the request", async () => {
  await tutor.getByRole("link", { name: "Bookings" }).first().click();
  await tutor.getByRole("button", { name: "Accept" }).click();
  await expect(tutor.getByRole("main").getByText("No video provider connected")).toBeVisible();
  await expect(tutor.getByRole("button", { name: "Accept" })).toBeVisible();
});

test("the tutor connects Zoom on the page that the sentence links to", async () => {
  await tutor.getByRole("link", { name: "Connect one in Video Provider" }).click();
  await expect(tutor.getByText("sandbox").first()).toBeVisible();
  await tutor.getByRole("link", { name: "Connect Zoom" }).click();
  await tutor.getByRole("button", { name: "Allow" }).click();
  await tutor.waitForURL("**/tutor/video-setup?success=true");
});

test("accepting makes three lessons with rooms on Zoom", async () => {
  await tutor.getByRole("link", { name: "Bookings" }).first().click();
  await tutor.getByRole("button", { name: "Accept" }).click();
  await expect(tutor.getByRole("button", { name: "Accept" })).toHaveCount(0);
  await tutor.getByRole("link", { name: "Sessions" }).first().click();
  const rooms = tutor.getByRole("link", { name: "Open room" });
  await expect(rooms).toHaveCount(3);
  await expect(rooms.last()).toHaveAttribute("href", /\/zoom\/j\/\d+/);
});

test("the student joins, and never saw the provider's address before", async () => {
  await student.goto("/sessions");
  await expect(
    student.getByRole("region", { name: "Next lesson" }).getByText("Zoom"),
  ).toBeVisible();
  expect(await student.content()).not.toContain("/zoom/j/");
  const [room] = await Promise.all([
    student.context().waitForEvent("page"),
    student.getByRole("link", { name: "Join", exact: true }).click(),
  ]);
  await expect(room.getByRole("heading", { name: "Zoom" })).toBeVisible();
  await expect(room.getByText("Algebra with Sam")).toBeVisible();
  await room.close();
});

test("the tutor moves the second lesson; overlapping another is refused at its field", async () => {
  await tutor.reload();
  await tutor
    .getByRole("button", { name: /^Change Algebra/ })
    .nth(1)
    .click();
  await tutor.getByRole("menuitem", { name: "Reschedule" }).click();
  const field = tutor.getByLabel("New date and time");
  const third = Temporal.Now.zonedDateTimeISO(ZONE).add({ weeks: 2, minutes: 20 });
  await field.fill(inputOf(third));
  await tutor.getByRole("button", { name: "Move lesson" }).click();
  await expect(
    tutor.getByText(/This overlaps another lesson of yours: Algebra with Sam/),
  ).toBeVisible();
  await field.fill(inputOf(third.add({ days: 1 })));
  await tutor.getByRole("button", { name: "Move lesson" }).click();
  await expect(tutor.getByText(/The lesson is now/)).toBeVisible();
});

test("the tutor cancels one after being asked; its stable link says so to the student", async () => {
  const cancelled = tutor.getByRole("button", { name: /^Change Algebra/ }).last();
  await cancelled.click();
  await tutor.getByRole("menuitem", { name: "Cancel lesson" }).click();
  const dialog = tutor.getByRole("dialog");
  await expect(dialog.getByText("Everyone who gets emails about it will get one.")).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel lesson" }).click();
  await expect(tutor.getByText("The lesson is cancelled.")).toBeVisible();
  const sessions = await (await student.request.get("/api/sessions")).json();
  const gone = sessions.find((session: { status: string }) => session.status === "CANCELLED");
  await student.goto(gone.joinUrl);
  await expect(student.getByRole("main").getByText("This lesson is cancelled")).toBeVisible();
});

test("each side heard by mail what the other did", async () => {
  const subjects = async (email: string) =>
    (await mailsTo(app, email)).map(({ subject }) => subject).join("\n");
  await expect.poll(() => subjects(tutorMail)).toContain("“Sam” asks for a lesson: “Algebra”");
  await expect.poll(() => subjects(studentMail)).toContain("“Nora” accepted: “Algebra”");
  await expect.poll(() => subjects(studentMail)).toContain("New time: “Algebra”");
  await expect.poll(() => subjects(studentMail)).toContain("Cancelled: “Algebra”");
});
