/** A connection that dies: what its tutor is told, and how they mend it. */
import { expect, type Page } from "@playwright/test";
import { type App, startApp } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";
import { bookLessons, lessonPlan, PASSWORD, type TestPerson, tutorOnZoom } from "../people.ts";
import { control, mailsTo } from "../sandbox.ts";

// Each test continues where the one before stopped.
test.describe.configure({ mode: "serial" });

let app: App;
let tutor: TestPerson;
let page: Page;
let button = "";

test.beforeAll(async ({ browser }) => {
  app = await startApp();
  const people = await tutorOnZoom(browser, app, "Eleven");
  tutor = people.tutor;
  page = tutor.page;
  await bookLessons(tutor, people.student, lessonPlan(2));
});

test.afterAll(() => app?.stop());

const banner = () => page.getByRole("main").getByText("Zoom needs to be reconnected");
const settings = () => page.getByRole("navigation").getByRole("button", { name: /^Settings/ });
const alert = () => page.getByRole("main").getByRole("alert");

test("nothing is marked while the connection works", async () => {
  await page.goto("/sessions");
  await expect(settings()).toHaveAccessibleName("Settings");
  await expect(banner()).toHaveCount(0);
});

test("a connection that dies is told by one mail, over the lessons and in the navigation", async () => {
  await control(app, "revoke", { provider: "zoom", email: "host@zoom.example" });
  await control(app, "expire-tokens");
  await tutor.api.post("/api/connection/check");
  const told = async () =>
    (await mailsTo(app, tutor.email)).flatMap(
      ({ text }) => /http:\S+\?connect=zoom/.exec(text)?.[0] ?? [],
    );
  await expect.poll(async () => (await told()).length).toBe(1);
  button = (await told())[0] ?? "";
  await page.goto("/sessions");
  await expect(banner()).toBeVisible();
  await expect(settings()).toHaveAccessibleName("Settings, Zoom needs to be reconnected");
  await settings().click();
  const entry = page.getByRole("menuitem", { name: /^Video Provider/ });
  await expect(entry).toHaveAccessibleName("Video Provider, Zoom needs to be reconnected");
  await page.keyboard.press("Escape");
});

test("the mail's button leads, by way of sign-in, to one press that begins the consent", async () => {
  await page.context().clearCookies();
  await page.goto(button);
  await page.getByLabel("Email").fill(tutor.email);
  await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/tutor/video-setup?connect=zoom");
  await page.getByRole("link", { name: "Reconnect Zoom" }).click();
  await page.waitForURL(`${app.sandboxUrl}/**`);
});

test("an answer that comes again says what the first one did, and all marks are gone", async () => {
  let back = "";
  page.on("request", (request) => {
    if (request.url().includes("/callback?")) back = request.url();
  });
  await page.getByRole("radio", { name: "Use another account" }).check();
  await page.getByLabel("E-mail of the other account").fill("host@zoom.example");
  await page.getByRole("button", { name: "Allow" }).click();
  await page.waitForURL("**/tutor/video-setup?success=true");
  await expect(alert()).toContainText("Successfully connected video provider!");
  await page.goto(back);
  expect(page.url()).toBe(`${app.url}/tutor/video-setup?success=true`);
  await expect(alert()).toContainText("Successfully connected video provider!");
  await expect(settings()).toHaveAccessibleName("Settings");
  await page.goto("/sessions");
  await expect(banner()).toHaveCount(0);
  await page.goto(button);
  await expect(alert()).toContainText("There is nothing to reconnect.");
});
