/** Signing up, staying signed in, and getting back in. */
import { expect } from "@playwright/test";
import { type App, startApp } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";
import { newPerson, PASSWORD, type TestPerson } from "../people.ts";

const NEXT_PASSWORD = "blauwal im gehege";

import { mailsTo } from "../sandbox.ts";

test.describe.configure({ mode: "serial" });

let app: App;
let tutor: TestPerson;

test.beforeAll(async ({ browser }) => {
  app = await startApp();
  tutor = await newPerson(browser, app, { role: "tutor", name: "Tutor Five" });
});

test.afterAll(() => app?.stop());

test("signing in leads back to where one was heading", async ({ browser }) => {
  const page = await (await browser.newContext({ baseURL: app.url })).newPage();
  await page.goto("/tutor/video-setup?success=true");
  await page.getByLabel("Email").fill(tutor.email);
  await page.getByLabel("Password", { exact: true }).fill("not-the-password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Email and password don’t match.")).toBeVisible();
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${app.url}/tutor/video-setup?success=true`);
  await page.context().close();
});

test("signing in never leads to another site", async ({ browser }) => {
  const page = await (await browser.newContext({ baseURL: app.url })).newPage();
  await page.goto("/sign-in?returnTo=//evil.example/");
  await page.getByLabel("Email").fill(tutor.email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${app.url}/**`);
  await expect(page.getByRole("heading", { name: "Sessions" })).toBeVisible();
  expect(new URL(page.url()).host).toBe(new URL(app.url).host);
  await page.context().close();
});

test("the cookie is out of reach for scripts and other sites", async () => {
  const cookie = (await tutor.page.context().cookies()).find(({ name }) =>
    name.includes("session_token"),
  );
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" });
});

test("a time zone is found by typing, and the keyboard stays at its field", async ({ browser }) => {
  const page = await (await browser.newContext({ baseURL: app.url })).newPage();
  await page.goto("/sign-up");
  const zone = page.getByRole("combobox", { name: "Time zone" });
  await zone.click();
  await expect(page.getByRole("option", { name: "America/St_Johns" })).toBeInViewport();
  await page.reload();
  await zone.focus();
  await page.keyboard.type("ber", { delay: 30 });
  await expect(page.getByRole("option", { name: "Europe/Berlin" })).toBeVisible();
  await expect(zone).toHaveValue("ber");
  await page.keyboard.type("lin");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(zone).toHaveValue("Europe/Berlin");
  await expect(zone).toBeFocused();
  await expect(page.getByRole("option")).toHaveCount(0);
  await page.context().close();
});

test("a forgotten password is set anew by the link in a mail, which works once", async () => {
  const { page } = tutor;
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await page.waitForURL("**/forgot-password");
  await page.getByLabel("Email").fill(tutor.email);
  await page.getByRole("button", { name: "Send reset link" }).click();
  await expect(page.getByText("a link is on its way")).toBeVisible();
  const links = async () =>
    (await mailsTo(app, tutor.email)).flatMap(
      ({ text }) => /http:\S+reset-password\?token=\S+/.exec(text)?.[0] ?? [],
    );
  await expect.poll(async () => (await links()).length).toBe(1);
  const [link = ""] = await links();
  await page.goto(link);
  const late = await page.context().newPage();
  await late.goto(link);
  await page.getByLabel("New password").fill("password12");
  await page.getByRole("button", { name: "Set new password" }).click();
  await expect(page.getByText(/^This password is too easy to guess/)).toBeVisible();
  for (const form of [page, late]) {
    await form.getByLabel("New password").fill(NEXT_PASSWORD);
    await form.getByRole("button", { name: "Set new password" }).click();
    if (form === page) await page.waitForURL("**/sign-in**");
  }
  await page.goto(link);
  for (const used of [page, late]) {
    await expect(used.getByText("This link has been used or is too old")).toBeVisible();
    await used.getByRole("link", { name: "Ask for a new link" }).click();
    await used.waitForURL("**/forgot-password");
  }
  await late.close();
  const old = await tutor.api.post("/api/account/sign-in/email", {
    data: { email: tutor.email, password: PASSWORD },
  });
  expect(old.status()).toBe(401);
});

test("a program signs in for a bearer and reads with it", async ({ playwright }) => {
  const program = await playwright.request.newContext({ baseURL: app.url });
  const answer = await program.post("/api/account/sign-in/email", {
    data: { email: tutor.email, password: NEXT_PASSWORD },
  });
  const bearer = answer.headers()["set-auth-token"] ?? "";
  await program.dispose();
  const fresh = await playwright.request.newContext({
    baseURL: app.url,
    extraHTTPHeaders: { authorization: `Bearer ${bearer}` },
  });
  expect(await (await fresh.get("/api/me")).json()).toMatchObject({ id: tutor.id, role: "tutor" });
  await fresh.dispose();
});

test("nobody signs up as an admin, nor becomes one by changing themselves", async ({
  playwright,
}) => {
  const program = await playwright.request.newContext({ baseURL: app.url });
  const asAdmin = { name: "Ann", password: PASSWORD, timeZone: "UTC", role: "admin" };
  const refused = await program.post("/api/account/sign-up/email", {
    data: { ...asAdmin, email: "ann@people.example" },
  });
  expect(refused.status()).toBeGreaterThanOrEqual(400);
  await program.post("/api/account/sign-up/email", {
    data: { ...asAdmin, role: "student", email: "bob@people.example" },
  });
  await program.post("/api/account/update-user", { data: { role: "admin" } });
  expect(await (await program.get("/api/me")).json()).toMatchObject({ role: "student" });
  await program.dispose();
});
