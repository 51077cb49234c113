/**
 * What the browser is told about pages, on the built app, beyond what `pages.spec.ts` asks of each: one policy, a
 * nonce of this answer's own on every script, and nothing that the policy blocks.
 */
import { expect } from "@playwright/test";
import { wordsFor } from "#lib/platform/words.ts";
import { students } from "#server/demo/cast.ts";
import { type App, startApp } from "#tests/harness/app.ts";
import { type PostgresServer, startPostgres } from "#tests/harness/databases/postgresServer.ts";
import { test } from "#tests/harness/fixtures.ts";
import { type Guide, meetGuide } from "#tests/tour/guide.ts";
import { consent, newPerson } from "../people.ts";
import { begunConsents, isAlive, open, policyOf, watchedPolicy } from "../policy.ts";
import { mailsTo } from "../sandbox.ts";

let app: App;
let guide: Guide;
const watch = watchedPolicy();

test.beforeAll(async ({ browser }) => {
  app = await startApp({ demo: true });
  guide = await meetGuide(browser, app);
});
test.afterAll(() => app?.stop());

test("menus, dialogs, notices, the colour scheme and a change of page need nothing else", async () => {
  const page = await guide.page("tutor", { locale: "en" });
  await watch(page.context());
  await open(page, "/sessions");
  const scheme = () => page.locator("html").getAttribute("data-mantine-color-scheme");
  for (const name of ["Dark", "Light"]) {
    await page.getByRole("button", { name: /^Account of/ }).click();
    await page.getByRole("menuitemradio", { name }).click();
    await expect.poll(scheme).toBe(name.toLowerCase());
    await page.keyboard.press("Escape");
  }
  await page
    .getByRole("main")
    .getByRole("button", { name: /^Change / })
    .first()
    .click();
  await page.getByRole("menuitem", { name: /cancel/i }).click();
  await page.getByRole("dialog").getByRole("button").last().click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.locator(".mantine-Notification-root")).toBeVisible();
  // The pages that follow come without a new document, so the first one's policy holds for them.
  const settings = page.getByRole("button", { name: "Settings", exact: true }).first();
  await settings.click();
  await page.getByRole("menuitem", { name: "Profile" }).click();
  await page.waitForURL("**/settings");
  await page.getByRole("combobox", { name: "Time zone" }).click();
  await expect(page.getByRole("listbox").getByRole("option").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await settings.click();
  await page.getByRole("menuitem", { name: "Video Provider" }).click();
  await page.waitForURL("**/tutor/video-setup");
  await page.getByRole("button", { name: "Check links" }).hover();
  await expect(page.getByRole("tooltip")).toBeVisible();
  await page.context().close();
});

test("a guest chooses another language, in one document", async () => {
  const page = await guide.page("guest", { locale: "en" });
  await watch(page.context());
  await open(page, "/sign-in");
  await page.getByRole("button", { name: "Language: English" }).click();
  await page.getByRole("menuitemradio", { name: "Deutsch" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await page.getByRole("button", { name: "Sprache: Deutsch" }).click();
  await expect(page.getByRole("menuitemradio", { name: "English" })).toBeVisible();
  await page.context().close();
});

test("connecting and switching lead to providers on other origins and back", async ({
  browser,
}) => {
  const tutor = await newPerson(browser, app, { role: "tutor", name: "Header Tutor" });
  await watch(tutor.page.context());
  expect(new URL(app.sandboxUrl).origin).not.toBe(app.url);
  await consent(tutor, "Connect Zoom", "header@zoom.example");
  expect(tutor.page.url()).toBe(`${app.url}/tutor/video-setup?success=true`);
  await consent(tutor, "Switch to Google Meet", "header@google.example");
  expect(new URL(tutor.page.url()).searchParams.get("success")).toBe("true");
  await tutor.page.context().close();
});

test("a page opened at another name of this machine leads to the same page at ours", async ({
  page,
}) => {
  await page.goto(`${app.url.replace("127.0.0.1", "localhost")}/sign-in?returnTo=/bookings`);
  expect(page.url()).toBe(`${app.url}/sign-in?returnTo=/bookings`);
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
});

test("a link elsewhere, a bookmark or a chain of redirects leads to the button instead", async ({
  browser,
}) => {
  const tutor = await newPerson(browser, app, { role: "tutor", name: "Elsewhere Tutor" });
  const before = await begunConsents(app);
  const { page } = tutor;
  await page.goto("/api/auth/google");
  expect(page.url()).toBe(`${app.url}/tutor/video-setup`);
  // Another site: `localhost` is another than `127.0.0.1`.
  await page.goto(app.sandboxUrl.replace("127.0.0.1", "localhost"));
  await page.evaluate((target) => {
    const link = document.createElement("a");
    link.href = target;
    document.body.append(link);
    link.click();
  }, `${app.url}/api/auth/zoom`);
  await page.waitForURL(`${app.url}/tutor/video-setup`);
  await expect(page.getByRole("link", { name: "Connect Zoom" })).toBeVisible();
  expect(await begunConsents(app)).toBe(before);
  await page.context().close();
});

test("a page that fails shows so with its own scripts only, and so does a failing layout", async () => {
  const page = await guide.page("tutor", { locale: "en" });
  await watch(page.context());
  const renamed = async (table: string, column: string, work: () => Promise<void>) => {
    await app.command("sql", `alter table ${table} rename column ${column} to ${column}_away`);
    try {
      await work();
    } finally {
      await app.command("sql", `alter table ${table} rename column ${column}_away to ${column}`);
    }
  };
  const failed = wordsFor("en", "shell.error")("title");
  await renamed("bookings", "subject", async () => {
    await open(page, "/sessions");
    await expect(page.getByRole("heading", { name: failed })).toBeVisible();
    await isAlive(page);
  });
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "Sessions" })).toBeVisible();
  await renamed("people", "name", async () => {
    await open(page, "/sessions");
    await expect(page.getByRole("heading", { name: failed })).toBeVisible();
    await isAlive(page);
  });
  await page.context().close();
});

test("the page for while the database is away has no script", async ({ browser, segue }) => {
  const postgres: PostgresServer = await startPostgres();
  try {
    const away = await segue({ databaseUrl: await postgres.create("segue_headers") });
    const context = await browser.newContext({ baseURL: away.url });
    await watch(context);
    await postgres.halt();
    const page = await context.newPage();
    const answer = await page.goto("/sessions");
    expect(answer?.status()).toBe(503);
    expect(policyOf((await answer?.headersArray()) ?? [])).toHaveLength(1);
    expect(await answer?.text()).not.toContain("<script");
    await expect(page.getByRole("heading", { name: "Segue is restarting" })).toBeVisible();
    await context.close();
  } finally {
    await postgres.stop();
  }
});

test("no address in a redirect or a mail is made from the request's host", async ({ browser }) => {
  const tutor = await newPerson(browser, app, { role: "tutor", name: "Forged Tutor" });
  const headers = { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" };
  const forged: Record<string, string>[] = [
    headers,
    { host: "evil.example" },
    { ...headers, host: "evil.example", forwarded: "host=evil.example;proto=https" },
  ];
  const addresses = [
    "/tutor/video-setup",
    "/support",
    `/sessions/${guide.facts.lessonId}/join`,
    "/api/auth/google",
    "/api/auth/zoom/callback?code=a&state=b",
    "//evil.example/sign-in",
    "/sign-in/",
  ];
  const guest = await browser.newContext({ baseURL: app.url });
  for (const [index, lie] of forged.entries()) {
    for (const path of addresses) {
      for (const api of [tutor.api, guest.request]) {
        const answer = await api.get(`${app.url}${path}`, { headers: lie, maxRedirects: 0 });
        const leads = answer.headers().location;
        if (leads === undefined) continue;
        const to = new URL(leads, app.url);
        expect(to.origin, `${path} ${JSON.stringify(lie)}`).toBe(app.url);
      }
    }
    // One mailbox each, because a mailbox gets few such mails in an hour.
    const email = students[index]?.email ?? "";
    const sent = await guest.request.post("/api/account/request-password-reset", {
      headers: lie,
      data: { email },
    });
    expect(sent.status(), await sent.text()).toBe(200);
    const links = async () =>
      (await mailsTo(app, email)).flatMap(
        ({ text }) => /http\S+\/reset-password\?token=/.exec(text)?.[0] ?? [],
      );
    await expect.poll(links).toEqual([`${app.url}/reset-password?token=`]);
  }
  await guest.close();
  await tutor.page.context().close();
});
