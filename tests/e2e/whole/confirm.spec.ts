/** An address is confirmed from its mailbox: by people, and not by what else opens mails. */
import { type Browser, expect, type Page } from "@playwright/test";
import { type App, startApp } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";
import { newPerson, PASSWORD } from "../people.ts";
import { confirmationFor, mailsTo } from "../sandbox.ts";

let app: App;
test.beforeAll(async () => {
  app = await startApp();
});
test.afterAll(() => app?.stop());

test("until the mailbox answers, somebody is told on each page and can't book or connect", async ({
  browser,
}) => {
  const { page, email } = await newcomer(browser, "Una", "tutor");
  for (const path of ["/", "/sessions", "/bookings", "/settings", "/tutor/video-setup"]) {
    await page.goto(path);
    await expect(page.getByText(`Confirm your address ${email}`)).toBeVisible();
  }
  await page.getByRole("link", { name: "Connect Zoom" }).click();
  await expect(page.getByText("Confirm your email address first.").first()).toBeVisible();
  const student = await newPerson(browser, app, { role: "student", name: "Uma" });
  expect(await (await student.api.get("/api/tutors")).json()).toEqual([]);
  const asked = await page.request.patch("/api/preferences", {
    data: { guardianEmail: "g@x.example" },
  });
  expect(asked.status()).toBe(403);
});

test("on a phone it is in sight why a request was refused", async ({ browser }) => {
  const { name } = await newPerson(browser, app, { role: "tutor", name: "Tara" });
  const { page } = await newcomer(browser, "Finn", "student");
  await page.setViewportSize({ width: 390, height: 600 });
  await page.goto("/bookings");
  await page.getByRole("combobox", { name: "Tutor" }).selectOption(name);
  await page.getByLabel("Subject").fill("Algebra");
  await page.getByLabel("Date").fill(`${new Date().getUTCFullYear() + 1}-01-11`);
  await page.getByLabel("Time").fill("16:00");
  await page.getByRole("button", { name: "Ask for this lesson" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toBeInViewport();
});

test("in the browser that signed up, one press confirms", async ({ browser }) => {
  const { page, email } = await newcomer(browser, "Ben", "student");
  await page.goto(await confirmationFor(app, email));
  await page.getByRole("button", { name: "Confirm address" }).click();
  await expect(page.getByText(`The address ${email} is confirmed.`)).toBeVisible();
  await page.getByRole("link", { name: "Continue" }).click();
  await expect(page.getByText("Confirm your address")).toHaveCount(0);
});

test("in another browser the password confirms, or a new one, which ends the sign-in before", async ({
  browser,
}) => {
  const { page, email } = await newcomer(browser, "Cleo", "student");
  const phone = await visit(browser, await confirmationFor(app, email));
  await phone.getByRole("button", { name: "Confirm address" }).click();
  await expect(phone.getByText("Enter your password.")).toBeVisible();
  await phone.getByLabel("Password", { exact: true }).fill("not the password");
  await phone.getByRole("button", { name: "Confirm address" }).click();
  await expect(phone.getByText("This isn’t the account’s password.")).toBeVisible();
  await phone.getByRole("button", { name: "I don’t know the password: set a new one" }).click();
  await phone.getByLabel("New password").fill("blauwal im gehege");
  await phone.getByRole("button", { name: "Set password and confirm" }).click();
  await expect(phone.getByText(`The address ${email} is confirmed.`)).toBeVisible();
  expect((await page.request.get("/api/me")).status()).toBe(401);
});

test("a filter's browser that stays and presses every button confirms and deletes nothing", async ({
  browser,
}) => {
  const { page, email } = await newcomer(browser, "Dora", "student");
  const link = await confirmationFor(app, email);
  for (const path of [link, link.replace("?", "/not-me?")]) {
    const filter = await visit(browser, path);
    await filter.clock.install();
    await filter.reload();
    await filter.clock.runFor(3_600_000);
    for (const button of await filter.getByRole("main").getByRole("button").all()) {
      await button.focus();
      await button.click();
    }
    await filter.clock.runFor(60_000);
    await filter.close();
  }
  expect(await (await page.request.get("/api/me")).json()).toMatchObject({ isConfirmed: false });
});

test("“This wasn't me” takes a choice, and then the account is gone", async ({ browser }) => {
  const { page, email } = await newcomer(browser, "Emil", "student");
  const owner = await visit(browser, await confirmationFor(app, email));
  await owner.getByRole("link", { name: "This wasn’t me" }).click();
  await owner.getByRole("button", { name: "Send" }).click();
  await expect(owner.getByText("Choose one of the two first.")).toBeVisible();
  await owner.getByRole("radio", { name: /^It wasn’t me/ }).check();
  await owner.getByRole("button", { name: "Send" }).click();
  await expect(owner.getByText("Done.")).toBeVisible();
  expect((await page.request.get("/api/me")).status()).toBe(401);
});

test("address, password and the account itself are changed in the settings", async ({
  browser,
}) => {
  const { page, email } = await newcomer(browser, "Fay", "student");
  await page.goto(await confirmationFor(app, email));
  await page.getByRole("button", { name: "Confirm address" }).click();
  await expect(page.getByText("is confirmed")).toBeVisible();
  await page.goto("/settings");
  const later = "fay.later@people.example";
  await page.getByLabel("New email address").fill(later);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Change address" }).click();
  await expect(page.getByText(`We’ve sent an email to ${later}`)).toBeVisible();
  const told = async () => (await mailsTo(app, email)).map(({ subject }) => subject);
  await expect.poll(told).toContain("The email address of your account");
  await page.goto(await confirmationFor(app, later));
  await page.getByRole("button", { name: "Confirm address" }).click();
  await expect(page.getByText(`The address ${later} is confirmed.`)).toBeVisible();
  await page.goto("/settings");
  await page.getByLabel("Current password").fill(PASSWORD);
  await page.getByLabel("New password").fill("zug nach ulm um sieben");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Your password is changed")).toBeVisible();
  await page.getByRole("button", { name: "Delete account" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Password", { exact: true }).fill("zug nach ulm um sieben");
  await dialog.getByRole("button", { name: "Delete account" }).click();
  await page.waitForURL((url) => url.pathname === "/");
  expect((await page.request.get("/api/me")).status()).toBe(401);
});

const visit = async (browser: Browser, link: string): Promise<Page> => {
  const page = await (await browser.newContext({ baseURL: app.url })).newPage();
  await page.goto(link);
  return page;
};

async function newcomer(browser: Browser, name: string, role: "tutor" | "student") {
  const page = await visit(browser, "/sign-in");
  const email = `${name.toLowerCase()}@people.example`;
  const answer = await page.request.post("/api/account/sign-up/email", {
    data: { email, name, role, password: PASSWORD, timeZone: "Europe/Berlin" },
  });
  expect(answer.status(), await answer.text()).toBe(200);
  return { page, email };
}
