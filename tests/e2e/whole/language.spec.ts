/** Everybody reads Segue in their own language: the browser's, until they choose another. */
import { expect, type Page } from "@playwright/test";
import { languages, wordsFor } from "#lib/platform/words.ts";
import { type App, startApp } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";
import { englishDay, germanDay } from "../days.ts";
import { newPerson, PASSWORD, type TestPerson } from "../people.ts";

// Each test continues where the one before stopped.
test.describe.configure({ mode: "serial" });

const ZONE = "Europe/Berlin";

let app: App;
let tutor: TestPerson;
let page: Page;

test.beforeAll(async ({ browser }) => {
  app = await startApp();
  tutor = await newPerson(browser, app, { role: "tutor", name: "Tara" });
  const german = { baseURL: app.url, locale: "de-AT", timezoneId: ZONE };
  page = await (await browser.newContext(german)).newPage();
});

test.afterAll(() => app?.stop());

const inLanguage = async (id: string, title: RegExp) => {
  await expect(page.locator("html")).toHaveAttribute("lang", id);
  await expect(page).toHaveTitle(title);
};

test("a browser that asks for German gets German, from the first page to the first error", async () => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Der Raum wechselt. Die Stunde bleibt.",
  );
  await page.getByRole("main").getByRole("link", { name: "Anmelden" }).click();
  await inLanguage("de", /^Anmelden · Segue$/);
  await page.getByLabel("E-Mail").fill("nobody@people.example");
  await page.getByRole("button", { name: "Anmelden" }).click();
  await expect(page.getByText("Gib dein Passwort ein.")).toBeVisible();
  await expect(page.getByLabel("Passwort", { exact: true })).toBeFocused();
  await page.getByLabel("Passwort", { exact: true }).fill("not-the-password");
  await page.getByRole("button", { name: "Anmelden" }).click();
  await expect(page.getByText("E-Mail und Passwort passen nicht zusammen.")).toBeVisible();
});

for (const { id, name } of languages()) {
  test(`a browser that asks for ${name} gets the first page in it`, async ({ browser }) => {
    const other = await browser.newContext({ baseURL: app.url, locale: id });
    const there = await other.newPage();
    await there.goto("/");
    await expect(there.locator("html")).toHaveAttribute("lang", id);
    const title = wordsFor(id, "welcome")("title");
    await expect(there.getByRole("heading", { level: 1 })).toHaveText(title);
    await other.close();
  });
}

test("a page that doesn't exist says so in German too", async () => {
  await page.goto("/nowhere");
  await expect(page.getByRole("heading", { name: "Hier ist nichts" })).toBeVisible();
  await inLanguage("de", /^Hier ist nichts · Segue$/);
});

test("a guest who chooses English gets all of it at once, and keeps it", async () => {
  await page.goto("/sign-up");
  await page.getByRole("button", { name: "Sprache: Deutsch" }).click();
  await page.getByRole("menuitemradio", { name: "English" }).click();
  await expect(page.getByRole("heading", { name: "Create your account" })).toBeVisible();
  await inLanguage("en", /^Create your account · Segue$/);
  await page.reload();
  await inLanguage("en", /^Create your account · Segue$/);
  await page.getByRole("button", { name: "Language: English" }).click();
  await page.getByRole("menuitemradio", { name: "Deutsch" }).click();
  await inLanguage("de", /^Lege dein Konto an · Segue$/);
  await expect(page.getByRole("button", { name: "Sprache: Deutsch" })).toBeFocused();
});

test("who signs up on a German page has a German account", async () => {
  await page.getByRole("radio", { name: "Unterricht nehmen" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Sofie");
  await page.getByLabel("E-Mail").fill("sofie@people.example");
  await page.getByLabel("Passwort", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Konto anlegen" }).click();
  await page.waitForURL("**/bookings");
  await inLanguage("de", /^Buchungen · Segue$/);
  await expect(page.getByText("Bestätige deine Adresse sofie@people.example")).toBeVisible();
  await app.command("confirm", "sofie@people.example");
  expect(await (await page.request.get("/api/me")).json()).toMatchObject({ language: "de" });
});

test("dates are written as Germans write them", async () => {
  const day = Temporal.Now.zonedDateTimeISO(ZONE).add({ days: 9 });
  await page.getByRole("combobox", { name: "Lehrkraft" }).selectOption(tutor.name);
  await page.getByLabel("Fach").fill("Algebra");
  await page.getByLabel("Datum").fill(day.toPlainDate().toString());
  await page.getByLabel("Uhrzeit").fill("16:05");
  await page.getByRole("button", { name: "Diese Stunde anfragen" }).click();
  await expect(page.getByText("Tara hat deine Anfrage und wird sie beantworten.")).toBeVisible();
  const list = page.getByRole("region", { name: "Deine Buchungen" });
  await expect(list).toContainText(germanDay(day));
  await expect(list).toContainText("Wartet auf Antwort");
});

test("buttons without a text of their own are named in German, and a refused input has the focus", async () => {
  await page.goto("/settings");
  await page.getByRole("button", { name: "Private Adresse anlegen" }).click();
  await expect(page.getByLabel("Deine private Adresse")).toBeFocused();
  await page.getByRole("button", { name: "Neue Adresse anlegen" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Schließen" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  const guardian = page.getByLabel("E-Mail-Adresse einer erziehungsberechtigten Person");
  await guardian.fill("nobody@nowhere");
  await page.getByRole("button", { name: "E-Mail-Einstellungen speichern" }).click();
  await expect(guardian).toBeFocused();
});

test("a password can be shown from the keyboard", async ({ browser }) => {
  const guest = await browser.newContext({ baseURL: app.url, locale: "de-DE" });
  const there = await guest.newPage();
  await there.goto("/sign-in");
  const password = there.getByLabel("Passwort", { exact: true });
  await password.fill(PASSWORD);
  await password.press("Tab");
  await expect(there.getByRole("button", { name: "Passwort anzeigen" })).toBeFocused();
  await there.keyboard.press("Enter");
  await expect(password).toHaveAttribute("type", "text");
  await guest.close();
});

test("who switches to English has every page, date and sentence in English at once", async () => {
  await page.goto("/settings");
  await inLanguage("de", /^Einstellungen · Segue$/);
  await page.getByRole("combobox", { name: "Sprache" }).selectOption("English");
  await page.getByRole("button", { name: "Änderungen speichern" }).click();
  await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
  await expect(page.getByText("Saved.")).toBeVisible();
  await inLanguage("en", /^Settings · Segue$/);
  await page.getByRole("navigation").getByRole("link", { name: "Bookings" }).first().click();
  const list = page.getByRole("region", { name: "Your bookings" });
  const day = Temporal.Now.zonedDateTimeISO(ZONE).add({ days: 9 });
  await expect(list).toContainText(englishDay(day));
  await inLanguage("en", /^Bookings · Segue$/);
});

test("whoever chooses a clock of twelve hours reads all times by it", async () => {
  await page.goto("/settings");
  await page.getByRole("combobox", { name: "Clock" }).selectOption({ value: "12" });
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.getByRole("navigation").getByRole("link", { name: "Bookings" }).first().click();
  await expect(page.getByRole("region", { name: "Your bookings" })).toContainText("4:05\u00a0pm");
  expect(await (await page.request.get("/api/me")).json()).toMatchObject({ clockHours: 12 });
});

test("on another device, the person's own language goes before the browser's", async ({
  browser,
}) => {
  const other = await browser.newContext({ baseURL: app.url, locale: "de-DE" });
  const answer = await other.request.post("/api/account/sign-in/email", {
    data: { email: "sofie@people.example", password: PASSWORD },
  });
  expect(answer.ok()).toBe(true);
  const there = await other.newPage();
  await there.goto("/settings");
  await expect(there.getByRole("heading", { name: "Settings" })).toBeVisible();
  await other.close();
});

test("a language that Segue doesn't have is refused at its field", async () => {
  const answer = await page.request.patch("/api/me", { data: { language: "tlh" } });
  expect(answer.status()).toBe(400);
  expect(await answer.json()).toMatchObject({ field: "language" });
});
