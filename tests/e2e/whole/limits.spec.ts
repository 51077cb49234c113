/** Limits as a browser and a sender meet them. */
import { expect, type Page } from "@playwright/test";
import { limits } from "#lib/records/limits/rules.ts";
import { type App, startApp } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";
import { bookLessons, lessonPlan, PASSWORD, type TestPerson, tutorOnZoom } from "../people.ts";

// Each test continues where the one before stopped.
test.describe.configure({ mode: "serial" });

const LESSONS = 2;

let app: App;
let tutor: TestPerson;
let student: TestPerson;

test.beforeAll(async ({ browser }) => {
  app = await startApp({ env: { SWITCH_WAIT_SECONDS: "0" } });
  ({ tutor, student } = await tutorOnZoom(browser, app, "Twenty"));
  await bookLessons(tutor, student, lessonPlan(LESSONS));
});

test.afterAll(() => app?.stop());

const main = (page: Page) => page.getByRole("main");

/** Of what has been used once, uses up the rest. */
const useUp = (name: "check" | "resetAsked") =>
  app.command(
    "sql",
    `insert into limited_uses (rule, whose, used_at, counts_until)
     select rule, whose, used_at, counts_until
       from (select * from limited_uses where rule = '${name}' limit 1) one,
            generate_series(2, ${limits[name].windows[0].most})`,
  );

test("without a proxy a sender can't choose the address that its tries are counted by", async () => {
  const askFrom = async (address: string) =>
    fetch(`${app.url}/api/account/request-password-reset`, {
      method: "POST",
      headers: { "x-forwarded-for": address, "x-segue-socket": address, "x-segue-client": address },
      body: JSON.stringify({ email: "nobody@people.example" }),
    });
  expect((await askFrom("198.51.100.1")).status).toBe(200);
  await useUp("resetAsked");
  const refused = await askFrom("198.51.100.2");
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(3_000);
  expect(await refused.json()).toMatchObject({ code: "too_many", status: 429 });
});

test("wrong passwords of others don't slow somebody down in their usual browser", async () => {
  for (let tries = 0; tries < 6; tries++) {
    const answer = await fetch(`${app.url}/api/account/sign-in/email`, {
      method: "POST",
      body: JSON.stringify({ email: student.email, password: "a wrong password" }),
    });
    expect(answer.status).toBe(401);
  }
  const { page } = student;
  await page.goto("/sign-in");
  const usual = await page.context().cookies();
  expect(
    usual.filter(({ name, httpOnly }) => name.startsWith("segue_known_") && httpOnly),
  ).toHaveLength(1);
  const answer = await student.api.post("/api/account/sign-in/email", {
    headers: { origin: app.url },
    data: { email: student.email, password: PASSWORD },
  });
  expect(answer.status()).toBe(200);
});

test("the page says at the button why it waits, in the reader's language", async () => {
  const { page, api } = tutor;
  expect((await api.post("/api/connection/check")).status()).toBe(200);
  await useUp("check");
  await page.goto("/tutor/video-setup");
  await main(page).getByRole("button", { name: "Check links" }).click();
  await expect(
    main(page).getByText(/checked your links too often .* Try again in \d+ minutes\./),
  ).toBeVisible();
  await page.screenshot({ path: test.info().outputPath("check.png") });
  expect((await api.patch("/api/me", { data: { language: "de" } })).status()).toBe(204);
  const refused = await api.post("/api/connection/check");
  expect((await refused.json()).detail).toMatch(/sehr oft geprüft\. Versuche es in \d+ Minuten/);
  expect((await api.patch("/api/me", { data: { language: "en" } })).status()).toBe(204);
});

/** As a browser says that one of our own pages was pressed. */
const pressed = { "sec-fetch-site": "same-origin", "sec-fetch-dest": "document" };

test("whoever starts to connect too often reads why on the page, and a program gets 429", async () => {
  const [{ most }] = limits.consent.windows;
  for (let times = 1; times < most; times++) {
    const answer = await tutor.api.get("/api/auth/zoom", { maxRedirects: 0, headers: pressed });
    expect(answer.status()).toBe(302);
  }
  const program = await tutor.api.get("/api/auth/zoom", {
    headers: { ...pressed, accept: "application/json" },
    maxRedirects: 0,
  });
  expect(program.status()).toBe(429);
  expect(Number(program.headers()["retry-after"])).toBeGreaterThan(0);
  await tutor.page.goto("/tutor/video-setup");
  await main(tutor.page).getByRole("link", { name: "Switch to Google Meet" }).click();
  await expect(main(tutor.page).getByRole("alert")).toContainText(
    "You have started connecting too often in a short time.",
  );
  await tutor.page.screenshot({ path: test.info().outputPath("consent.png") });
  await app.command("sql", "delete from limited_uses where rule = 'consent'");
});
