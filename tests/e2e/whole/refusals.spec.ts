/** A consent that fails: the tutor is back on the page with a sentence, and nothing has changed. */
import { expect } from "@playwright/test";
import { type Messages, wordsFor } from "#lib/platform/words.ts";
import { type App, startApp } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";
import {
  bookLessons,
  consent,
  lessonPlan,
  newPerson,
  sessionsOf,
  type TestPerson,
  tutorOnZoom,
} from "../people.ts";
import { setFaults } from "../sandbox.ts";

test.describe.configure({ mode: "serial" });

let app: App;
let tutor: TestPerson;
let other: TestPerson;
let before: string;

/** Leaves out when the tokens were stored, because another tutor's refused consent stores new ones. */
const state = async () => {
  const { connection } = await (await tutor.api.get("/api/connection")).json();
  const rooms = (await sessionsOf(tutor)).map(({ room }) => room);
  return JSON.stringify([{ ...connection, updatedAt: null }, rooms]);
};

test.beforeAll(async ({ browser }) => {
  app = await startApp();
  const people = await tutorOnZoom(browser, app, "Three");
  tutor = people.tutor;
  other = await newPerson(browser, app, { role: "tutor", name: "Tutor Four" });
  await bookLessons(tutor, people.student, lessonPlan(2));
  before = await state();
});

test.afterAll(() => app?.stop());

test.afterEach(async () => {
  await setFaults(app, []);
  expect(await state()).toBe(before);
});

const errors = wordsFor("en", "connectErrors");

const expectError = async (person: TestPerson, code: keyof Messages["connectErrors"]) => {
  expect(person.page.url()).toBe(`${app.url}/tutor/video-setup?error=${code}`);
  await expect(person.page.getByRole("main").getByRole("alert")).toContainText(errors(code));
};

test("a denied consent", async () => {
  await consent(tutor, "Switch to Google Meet", "host@google.example", "Deny");
  await expectError(tutor, "access_denied");
});

test("a consent without the calendar", async () => {
  await tutor.page.goto("/tutor/video-setup");
  await tutor.page.getByRole("link", { name: "Switch to Google Meet" }).click();
  await tutor.page.getByRole("checkbox").first().uncheck();
  await tutor.page.getByRole("button", { name: "Allow" }).click();
  await tutor.page.waitForURL("**/tutor/video-setup?**");
  await expectError(tutor, "scope_missing");
});

test("a provider that doesn't answer", async () => {
  await setFaults(app, [{ provider: "google", operation: "token", effect: "unavailable" }]);
  await consent(tutor, "Switch to Google Meet", "host@google.example");
  await expectError(tutor, "provider_unavailable");
});

test("an account that another tutor has connected", async () => {
  await consent(other, "Connect Zoom", "host@zoom.example");
  await expectError(other, "account_in_use");
});

test("an answer that comes again after it came to nothing", async () => {
  await tutor.page.goto("/tutor/video-setup");
  let callback = "";
  tutor.page.on("request", (request) => {
    if (request.url().includes("/callback?")) callback = request.url();
  });
  await consent(tutor, "Switch to Google Meet", "host@google.example", "Deny");
  await tutor.page.goto(callback);
  await expectError(tutor, "access_denied");
});

test("an answer that arrives in another person's browser", async () => {
  await tutor.page.goto("/tutor/video-setup");
  await tutor.page.getByRole("link", { name: "Switch to Google Meet" }).click();
  await tutor.page.waitForURL(`${app.sandboxUrl}/**`);
  const page = tutor.page.url();
  const answer = await fetch(page, {
    method: "POST",
    body: new URLSearchParams({ account: "host@google.example", decision: "allow" }),
    redirect: "manual",
  });
  await other.page.goto(answer.headers.get("location") ?? "");
  await expectError(other, "state_mismatch");
});

test("an answer for somebody who has signed out meanwhile", async ({ browser }) => {
  const stranger = await browser.newContext({ baseURL: app.url });
  const page = await stranger.newPage();
  await page.goto("/api/auth/google/callback?code=x&state=y");
  expect(new URL(page.url()).pathname).toBe("/sign-in");
  expect(new URL(page.url()).searchParams.get("returnTo")).toBe(
    "/tutor/video-setup?error=not_signed_in",
  );
  await stranger.close();
});
